// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { ApiPromise, BinaryBody, PagePromise, RequestOptions } from "./call.ts";
import type { ConnectorCustomizerCreateRequest, ConnectorCustomizerCreateResponse, ConnectorCustomizerUpdateRequest, ConnectorCustomizerUpdateResponse, ConnectorCustomizerVersionCreateResponse, ConnectorCustomizersResponse, ConnectorInstance, ConnectorInstanceChange } from "./models.ts";

/** Parameters of `listConnectorCustomizers`. */
export interface ListConnectorCustomizersParameters {
  /**
   * The number of records to skip before the page.
   *
   * Accepts: at least 0, format `int32`.
   *
   * @default 0
   */
  offset?: number | undefined;
  /**
   * The largest number of records in the page.
   *
   * Accepts: 0 to 250, format `int32`.
   *
   * @default 250
   */
  limit?: number | undefined;
}

/** Parameters of `createConnectorCustomizer`. */
export interface CreateConnectorCustomizerParameters {
  /**
   * The customizer to create.
   *
   * Sent as `application/json`.
   */
  body: ConnectorCustomizerCreateRequest;
}

/** Parameters of `getConnectorCustomizer`. */
export interface GetConnectorCustomizerParameters {
  /** The customizer's id. */
  id: string;
}

/** Parameters of `putConnectorCustomizer`. */
export interface PutConnectorCustomizerParameters {
  /** The customizer's id. */
  id: string;
  /**
   * The customizer's new state.
   *
   * Sent as `application/json`.
   *
   * Leave `body` out to send none; `undefined` is refused.
   */
  body?: ConnectorCustomizerUpdateRequest;
}

/** Parameters of `deleteConnectorCustomizer`. */
export interface DeleteConnectorCustomizerParameters {
  /** The customizer's id. */
  id: string;
}

/** Parameters of `createConnectorCustomizerVersion`. */
export interface CreateConnectorCustomizerVersionParameters {
  /** The customizer's id. */
  id: string;
  /**
   * The bytes of the zip, without a form around them and without an encoding. Leave `body` out to create a version
   * without code. The vendor's command line sends the zip chunked, without a `Content-Length`.
   *
   * Sent as `application/zip`.
   *
   * Leave `body` out to send none; `undefined` is refused.
   */
  body?: BinaryBody;
}

/** Parameters of `patchConnectorInstance`. */
export interface PatchConnectorInstanceParameters {
  /** The connector instance's id. */
  id: string;
  /**
   * The changes, at least one. The vendor's command line sends them without a `Content-Type`.
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
   * Returns the tenant's connector customizers, page by page.
   *
   * Awaited, the result is the page that `offset` and `limit` select. Iterated, it is every item from `offset` on, in pages of `limit`.
   *
   * `GET /connector-customizers`. Scope: `sp:connector:read`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Creates a customizer that has a name and no code yet. Upload its code with `createConnectorCustomizerVersion`.
   * A repeated request creates another customizer. It is not documented whether names must be unique.
   *
   * `POST /connector-customizers`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {ApiError} 413: The body is larger than the platform accepts. The limit is not documented.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Returns the customizer, with the number of its newest version if it has one.
   *
   * `GET /connector-customizers/{id}`. Scope: `sp:connector:read`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {NotFoundError} 404: The path does not exist, or nothing has this id.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Replaces the customizer's name. The vendor's reference calls `id`, `name` and `type` immutable. Yet `name` is the
   * only property of the body, and the vendor's command line renames a customizer with it.
   *
   * `PUT /connector-customizers/{id}`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {NotFoundError} 404: The path does not exist, or nothing has this id.
   * @throws {ApiError} 413: The body is larger than the platform accepts. The limit is not documented.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Deletes the customizer. It is not documented what happens to a connector instance that is still linked to it, so
   * unlink the instance first, with `patchConnectorInstance`.
   *
   * `DELETE /connector-customizers/{id}`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {NotFoundError} 404: The path does not exist, or nothing has this id.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Uploads the customizer's code as its next version. The body is the zip that `spcx package` of the connector SDK
   * builds from a project. The vendor's reference documents no body, but the vendor's command line sends this one. The
   * largest accepted zip and the numbering of versions are not documented.
   *
   * `POST /connector-customizers/{id}/versions`. Scope: `sp:connector:manage`.
   *
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {NotFoundError} 404: The path does not exist, or nothing has this id.
   * @throws {ApiError} 413: The body is larger than the platform accepts. The limit is not documented.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Experimental. It may change or disappear without notice.
   *
   * Returns the tenant's connector instances, each with the id of its customizer if it has one. The list has no known
   * pagination.
   *
   * The vendor's versioning guide lists this path under `beta`, `v2024`, `v2025`, `v2026` and `v1`. No reference page
   * describes it. The vendor's command line uses it under `beta` only, and some users report a 404.
   *
   * `GET /connector-instances`. Scope: `sp:connector:read`.
   *
   * Every request carries `X-SailPoint-Experimental: true`. The platform requires it for experimental endpoints, except under `beta`.
   *
   * @experimental
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {NotFoundError} 404: The path does not exist, or nothing has this id.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
   * Experimental. It may change or disappear without notice.
   *
   * Links the instance to a customizer (`replace`), or unlinks it (`remove`). The body is a JSON Patch (RFC 6902).
   *
   * The vendor's versioning guide lists this path under `beta`, `v2024`, `v2025`, `v2026` and `v1`. No reference page
   * describes it. The vendor's command line uses it under `beta` only, and some users report a 404.
   *
   * `PATCH /connector-instances/{id}`. Scope: `sp:connector:manage`.
   *
   * Every request carries `X-SailPoint-Experimental: true`. The platform requires it for experimental endpoints, except under `beta`.
   *
   * @experimental
   * @throws {BadRequestError} 400: A parameter or the body is invalid.
   * @throws {UnauthorizedError} 401: The bearer token is missing, malformed, expired or revoked.
   * @throws {ForbiddenError} 403: The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`.
   * @throws {NotFoundError} 404: The path does not exist, or nothing has this id.
   * @throws {ApiError} 413: The body is larger than the platform accepts. The limit is not documented.
   * @throws {RateLimitError} 429: The client id has reached the rate limit of this API version. `Retry-After` says how long to wait.
   * @throws {ServerError} 500: The server failed.
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
