// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { ApiPromise, BinaryBody, PagePromise, RequestOptions } from "./call.ts";
import type { ConnectorCustomizerCreateRequest, ConnectorCustomizerCreateResponse, ConnectorCustomizerUpdateRequest, ConnectorCustomizerUpdateResponse, ConnectorCustomizerVersionCreateResponse, ConnectorCustomizersResponse, ConnectorInstance, ConnectorInstanceChange } from "./models.ts";

/** What `listConnectorCustomizers` takes. */
export interface ListConnectorCustomizersParameters {
  /**
   * How many records to skip before the first one of the page.
   *
   * Accepts: at least 0, format `int32`.
   *
   * @default 0
   */
  offset?: number | undefined;
  /**
   * The most records that the page may have.
   *
   * Accepts: 0 to 250, format `int32`.
   *
   * @default 250
   */
  limit?: number | undefined;
}

/** What `createConnectorCustomizer` takes. */
export interface CreateConnectorCustomizerParameters {
  /**
   * The customizer to create.
   *
   * Sent as `application/json`.
   */
  body: ConnectorCustomizerCreateRequest;
}

/** What `getConnectorCustomizer` takes. */
export interface GetConnectorCustomizerParameters {
  /** The customizer's id. */
  id: string;
}

/** What `putConnectorCustomizer` takes. */
export interface PutConnectorCustomizerParameters {
  /** The customizer's id. */
  id: string;
  /**
   * The customizer's new state.
   *
   * Sent as `application/json`.
   */
  body?: ConnectorCustomizerUpdateRequest | undefined;
}

/** What `deleteConnectorCustomizer` takes. */
export interface DeleteConnectorCustomizerParameters {
  /** The customizer's id. */
  id: string;
}

/** What `createConnectorCustomizerVersion` takes. */
export interface CreateConnectorCustomizerVersionParameters {
  /** The customizer's id. */
  id: string;
  /**
   * The zip itself, neither wrapped in a form nor encoded. The vendor's command line sends it chunked, without a
   * `Content-Length`. With no body the platform is given no code.
   *
   * Sent as `application/zip`.
   */
  body?: BinaryBody | undefined;
}

/** What `patchConnectorInstance` takes. */
export interface PatchConnectorInstanceParameters {
  /** The connector instance's id. */
  id: string;
  /**
   * The changes, one at least. The vendor's command line sends them without a `Content-Type`.
   *
   * Sent as `application/json-patch+json`.
   */
  body: ConnectorInstanceChange[];
}

/** One method for each operation of the API. */
export interface Methods {
  /**
   * List connector customizers
   *
   * One page of the tenant's connector customizers.
   *
   * Awaited, it is the one page that `offset` and `limit` ask for; iterated, every item from `offset` on, in pages of `limit`.
   *
   * `GET /connector-customizers`. Scope: `sp:connector:read`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * for await (const item of customizers.listConnectorCustomizers({ offset: 0, limit: 50 })) {
   *   console.log(item);
   * }
   * ```
   */
  listConnectorCustomizers(parameters?: ListConnectorCustomizersParameters, options?: RequestOptions): PagePromise<ConnectorCustomizersResponse>;

  /**
   * Create a connector customizer
   *
   * Creates a customizer that has a name and no code yet; upload a zip to it with `createConnectorCustomizerVersion`.
   * Repeating the request creates another customizer. Whether names must be unique is not documented.
   *
   * `POST /connector-customizers`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {ApiError} 413: The body is larger than the platform takes. Where the limit lies is not documented.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * const data = await customizers.createConnectorCustomizer({ body: { name: "My Custom Connector" } });
   * console.log(data);
   * ```
   */
  createConnectorCustomizer(parameters: CreateConnectorCustomizerParameters, options?: RequestOptions): ApiPromise<ConnectorCustomizerCreateResponse>;

  /**
   * Get a connector customizer
   *
   * The customizer, with the version of its code that was uploaded last, if any was.
   *
   * `GET /connector-customizers/{id}`. Scope: `sp:connector:read`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {NotFoundError} 404: There is nothing at this path.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * const data = await customizers.getConnectorCustomizer({ id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" });
   * console.log(data);
   * ```
   */
  getConnectorCustomizer(parameters: GetConnectorCustomizerParameters, options?: RequestOptions): ApiPromise<ConnectorCustomizersResponse>;

  /**
   * Rename a connector customizer
   *
   * Replaces the customizer's name. The vendor's reference calls `id`, `name` and `type` immutable, yet `name` is the
   * only field that the body has, and the vendor's own command line renames with it.
   *
   * `PUT /connector-customizers/{id}`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {NotFoundError} 404: There is nothing at this path.
   * @throws {ApiError} 413: The body is larger than the platform takes. Where the limit lies is not documented.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * const data = await customizers.putConnectorCustomizer({
   *   id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a",
   *   body: { name: "Renamed Custom Connector" },
   * });
   * console.log(data);
   * ```
   */
  putConnectorCustomizer(parameters: PutConnectorCustomizerParameters, options?: RequestOptions): ApiPromise<ConnectorCustomizerUpdateResponse>;

  /**
   * Delete a connector customizer
   *
   * Removes the customizer. What becomes of a connector instance that is still linked to it is not documented: unlink
   * it first, with `patchConnectorInstance`.
   *
   * `DELETE /connector-customizers/{id}`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {NotFoundError} 404: There is nothing at this path.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * await customizers.deleteConnectorCustomizer({ id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" });
   * ```
   */
  deleteConnectorCustomizer(parameters: DeleteConnectorCustomizerParameters, options?: RequestOptions): ApiPromise<void>;

  /**
   * Upload a version of a connector customizer
   *
   * Uploads the customizer's code as its next version. The body is the zip that the connector SDK's `spcx package`
   * makes of a project. The vendor's reference documents no body here; its command line sends one, as below. The
   * largest accepted zip and the way in which version numbers count up are not documented.
   *
   * `POST /connector-customizers/{id}/versions`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {NotFoundError} 404: There is nothing at this path.
   * @throws {ApiError} 413: The body is larger than the platform takes. Where the limit lies is not documented.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * import { openAsBlob } from "node:fs";
   *
   * const data = await customizers.createConnectorCustomizerVersion({
   *   id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a",
   *   body: await openAsBlob("file.zip"),
   * });
   * console.log(data);
   * ```
   */
  createConnectorCustomizerVersion(parameters: CreateConnectorCustomizerVersionParameters, options?: RequestOptions): ApiPromise<ConnectorCustomizerVersionCreateResponse | null>;

  /**
   * List connector instances
   *
   * Experimental. It may change or go away without notice.
   *
   * The tenant's connector instances, each with the customizer that it is linked to. No pagination is known.
   *
   * The vendor's command line uses this under `beta`; no reference has it, and some users report a 404.
   *
   * `GET /connector-instances`. Scope: `sp:connector:read`.
   *
   * Every request carries `X-SailPoint-Experimental: true`. The platform demands it of experimental endpoints, except on `beta`.
   *
   * @experimental
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {NotFoundError} 404: There is nothing at this path.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * const data = await customizers.listConnectorInstances();
   * console.log(data);
   * ```
   */
  listConnectorInstances(parameters?: Record<string, never>, options?: RequestOptions): ApiPromise<ConnectorInstance[]>;

  /**
   * Link or unlink a connector instance
   *
   * Experimental. It may change or go away without notice.
   *
   * Links the instance to a customizer by a `replace`, or unlinks it by a `remove`. The body is a JSON Patch (RFC 6902).
   *
   * The vendor's command line uses this under `beta`; no reference has it, and some users report a 404.
   *
   * `PATCH /connector-instances/{id}`. Scope: `sp:connector:manage`.
   *
   * Every request carries `X-SailPoint-Experimental: true`. The platform demands it of experimental endpoints, except on `beta`.
   *
   * @experimental
   * @throws {BadRequestError} 400: A parameter or the body is not acceptable.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user its level.
   * @throws {NotFoundError} 404: There is nothing at this path.
   * @throws {ApiError} 413: The body is larger than the platform takes. Where the limit lies is not documented.
   * @throws {RateLimitError} 429: The client id has spent its requests for this API version; wait as long as `Retry-After` says.
   * @throws {ServerError} 500: The platform failed.
   *
   * @example
   * ```ts
   * const data = await customizers.patchConnectorInstance({
   *   id: "c3a94e17-6b2d-4f58-9e01-d85b7a20f64c",
   *   body: [{ op: "replace", path: "/connectorCustomizerId", value: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" }],
   * });
   * console.log(data);
   * ```
   */
  patchConnectorInstance(parameters: PatchConnectorInstanceParameters, options?: RequestOptions): ApiPromise<ConnectorInstance>;
}
