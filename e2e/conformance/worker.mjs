import { conformance } from "./conformance.mjs";

// On workerd, which runs nothing but servers.
// oxlint-disable-next-line import/no-default-export -- workerd looks for one
export default {
  async fetch(request) {
    return Response.json(await conformance(await request.json()));
  },
};
