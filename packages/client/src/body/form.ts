import type { RequestBody } from "@isc-customizers/types";
import { isBlob } from "./blob.ts";
import { isInstanceOf } from "./platform-class.ts";

/** Returns `true` for a `FormData` or `URLSearchParams`, also of another realm. */
export function isForm(value: unknown): value is FormData | URLSearchParams {
  return isInstanceOf(value, "FormData", "URLSearchParams");
}

/** Returns `true` for a `FormData`, also of another realm. */
export function isFormData(value: unknown): value is FormData {
  return isInstanceOf(value, "FormData");
}

/**
 * Creates a form from its fields. A list has an entry for each item, and an object is sent as JSON, unless the spec has another encoding
 * (OpenAPI 3.1.0, section 4.8.15). `null` and `undefined` are left out.
 */
export function createForm({ kind, encoding = {} }: FormBody, fields: object): FormData | URLSearchParams {
  const form = kind === "multipart" ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    const { contentType: type, delimiter } = encoding[name] ?? {};
    const list: unknown[] = Array.isArray(value) ? value : [value];
    for (const item of delimiter === undefined ? list : [list.join(delimiter)]) {
      if (item === undefined || item === null) continue;
      const text = typeof item === "object" ? JSON.stringify(item) : String(item as string);
      const entry = isBlob(item) ? item : type === undefined ? text : new Blob([text], { type });
      (form as FormData).append(name, entry as Blob);
    }
  }
  return form;
}

type FormBody = Pick<RequestBody, "kind" | "encoding">;

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
