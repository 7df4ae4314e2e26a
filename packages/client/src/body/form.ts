import { isInstanceOf } from "./platform-class.ts";

/** Returns `true` for a `FormData` or `URLSearchParams`, also of another realm. */
export function isForm(value: unknown): value is FormData | URLSearchParams {
  return isInstanceOf(value, "FormData", "URLSearchParams");
}

/** Returns `true` for a `FormData`, also of another realm. */
export function isFormData(value: unknown): value is FormData {
  return isInstanceOf(value, "FormData");
}

/** Returns the form as `fetch` accepts it: a copy, if the form is of another realm. */
export function platformForm(form: FormData | URLSearchParams): FormData | URLSearchParams {
  if (form instanceof FormData || form instanceof URLSearchParams) return form;
  if (isInstanceOf(form, "URLSearchParams")) return new URLSearchParams(String(form));
  const copy = new FormData();
  for (const [name, value] of form as FormData) {
    if (typeof value === "string") copy.append(name, value);
    else copy.append(name, value, value.name);
  }
  return copy;
}
