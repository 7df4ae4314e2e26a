/** The members of a path item that are operations: https://spec.openapis.org/oas/v3.1.1#path-item-object */
export const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

export type HttpMethod = (typeof httpMethods)[number];

export function isHttpMethod(name: string): name is HttpMethod {
  return httpMethods.some((method) => method === name);
}
