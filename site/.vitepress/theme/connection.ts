import { reactive } from "vue";

declare const __MOCK_TENANT__: { baseUrl: string; clientId: string; clientSecret: string };

/** The tenant of all forms of a page. It stays in memory. */
export const connection = reactive({ ...__MOCK_TENANT__ });
