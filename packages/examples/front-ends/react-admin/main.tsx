import { createClient } from "@isc-customizers/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

/** Shows the page. `accessToken` returns a token of the signed-in user, such as one from your back end. */
export function start(root: Element, baseUrl: string, accessToken: () => Promise<string>): void {
  const client = createClient({ baseUrl, auth: { accessToken } });
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient()}>
      <App client={client} />
    </QueryClientProvider>,
  );
}
