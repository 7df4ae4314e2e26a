import { conformance } from "./conformance.mjs";

// The entry for workerd, which only runs servers.
// oxlint-disable-next-line import/no-default-export -- workerd requires a default export
export default {
  async fetch(request) {
    return Response.json(await conformance(await request.json()));
  },
};
