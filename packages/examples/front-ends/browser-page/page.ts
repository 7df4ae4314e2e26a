// A page without a framework that lists the customizers, with an access token of the user. A page must never have a client secret.
import { createClient, IscError } from "@isc-customizers/client";

const baseUrl = find("[name=baseUrl]", HTMLInputElement);
const token = find("[name=token]", HTMLInputElement);
const status = find("[role=status]", HTMLElement);
const list = find("ul", HTMLElement);
const button = find("button", HTMLButtonElement);

find("form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void show();
});

async function show(): Promise<void> {
  // A second click would list everything twice.
  button.disabled = true;
  list.replaceChildren();
  status.textContent = "Loading…";
  try {
    const customizers = createClient({ baseUrl: baseUrl.value, auth: { accessToken: token.value } });
    for await (const { name = "" } of customizers.listConnectorCustomizers()) {
      const item = document.createElement("li");
      item.textContent = name;
      list.append(item);
    }
    status.textContent = `${list.childElementCount} customizers`;
  } catch (error) {
    if (!(error instanceof IscError)) throw error;
    status.textContent = error.message;
  } finally {
    button.disabled = false;
  }
}

function find<T extends Element>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}
