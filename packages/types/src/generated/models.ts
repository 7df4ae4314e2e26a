// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** The properties of a new customizer. */
export interface ConnectorCustomizerCreateRequest {
  /**
   * The customizer's name.
   * @example My Custom Connector
   */
  name?: string;
}

/** A customizer that was just created. */
export interface ConnectorCustomizerCreateResponse {
  /**
   * The id that the platform gave to the customizer.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  id: string;
  /**
   * The customizer's name.
   * @example My Custom Connector
   */
  name?: string;
  /**
   * The id of the tenant that the customizer belongs to.
   * @example 2c91808568c529c60168cca6f90c1777
   */
  tenantID?: string;
  /**
   * Format: date-time
   *
   * The time when the customizer was created, in RFC 3339. Some responses have Go's default format instead
   * (`2009-11-10 23:00:00 +0000 UTC`), so do not fail on it.
   * @example 2026-03-02T09:14:27.000Z
   */
  created?: string;
}

/** A customizer. */
export interface ConnectorCustomizersResponse {
  /**
   * The customizer's id.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  readonly id: string;
  /**
   * The customizer's name.
   * @example My Custom Connector
   */
  name?: string;
  /**
   * Format: int64
   *
   * The number of the newest version. Absent until the first upload.
   * @example 2
   */
  imageVersion?: number;
  /**
   * The id of the newest version's code. Absent until the first upload.
   * @example 2c91808568c529c60168cca6f90c1324
   */
  imageID?: string;
  /**
   * The id of the tenant that the customizer belongs to.
   * @example 2c91808568c529c60168cca6f90c1777
   */
  tenantID?: string;
  /**
   * Format: date-time
   *
   * The time when the customizer was created, in RFC 3339. Some responses have Go's default format instead
   * (`2009-11-10 23:00:00 +0000 UTC`), so do not fail on it.
   * @example 2026-03-02T09:14:27.000Z
   */
  created?: string;
}

/** The new state of a customizer. */
export type ConnectorCustomizerUpdateRequest = ConnectorCustomizerCreateRequest;

/** A customizer after a change. */
export type ConnectorCustomizerUpdateResponse = ConnectorCustomizerCreateResponse & {
  /**
   * Format: int64
   *
   * The number of the newest version. Absent until the first upload.
   * @example 2
   */
  imageVersion?: number;
  /**
   * The id of the newest version's code. Absent until the first upload.
   * @example 2c91808568c529c60168cca6f90c1324
   */
  imageID?: string;
};

/** A version that was created from an uploaded zip. */
export interface ConnectorCustomizerVersionCreateResponse {
  /**
   * The id of the customizer that the version belongs to.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  customizerID?: string;
  /**
   * The same id as `customizerID`. Responses under `beta` have this name.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  connectorCustomizerId?: string;
  /**
   * The id of the uploaded code.
   * @example 2c91808568c529c60168cca6f90c1324
   */
  imageID?: string;
  /**
   * Format: int64
   *
   * The version's number.
   * @example 2
   */
  version?: number;
  /**
   * Format: date-time
   *
   * The time when the version was created, in RFC 3339. Some responses have Go's default format instead
   * (`2009-11-10 23:00:00 +0000 UTC`), so do not fail on it.
   * @example 2026-03-02T09:14:27.000Z
   */
  created?: string;
}

/** A connector instance. A customizer may be linked to it. */
export interface ConnectorInstance {
  /**
   * The instance's id.
   * @example c3a94e17-6b2d-4f58-9e01-d85b7a20f64c
   */
  id: string;
  /**
   * The instance's name.
   * @example Badge System
   */
  name?: string;
  /**
   * Id of the linked customizer. `null` or absent if the instance has no customizer.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  connectorCustomizerId?: string | null;
}

/** A change of a connector instance, an operation of a JSON Patch (RFC 6902). */
export type ConnectorInstanceChange = LinkConnectorCustomizer | UnlinkConnectorCustomizer;

/** Links the instance to a customizer. An existing link is replaced. */
export interface LinkConnectorCustomizer {
  /**
   * The operation.
   * @constant
   */
  op: "replace";
  /**
   * The changed property, a JSON pointer (RFC 6901).
   * @constant
   */
  path: "/connectorCustomizerId";
  /**
   * The customizer's id.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  value: string;
}

/** Unlinks the instance from its customizer. */
export interface UnlinkConnectorCustomizer {
  /**
   * The operation.
   * @constant
   */
  op: "remove";
  /**
   * The changed property, a JSON pointer (RFC 6901).
   * @constant
   */
  path: "/connectorCustomizerId";
}

/** An error. */
export interface ErrorResponseDto {
  /**
   * The error's code, which is more precise than the HTTP status.
   * @example 400.1 Bad Request Content
   */
  detailCode?: string;
  /**
   * The id by which the vendor's support finds the request.
   * @example e7eab60924f64aa284175b9fa3309599
   */
  trackingId?: string;
  /** The error, in one or more locales. */
  messages?: ErrorMessageDto[];
  /** The causes of the error, in one or more locales. */
  causes?: ErrorMessageDto[];
}

/** A text in one locale. */
export interface ErrorMessageDto {
  /**
   * The text's locale, as a BCP 47 language tag.
   * @example en-US
   */
  locale?: string | null;
  /**
   * The origin of the locale, the platform's default or the request.
   * @example DEFAULT
   * @enum {string|null}
   */
  localeOrigin?: "DEFAULT" | "REQUEST" | null;
  /**
   * The text.
   * @example Nothing has this id.
   */
  text?: string;
}

/** The error of a request whose bearer token is not accepted. */
export interface ListAccessProfiles401Response {
  /**
   * The reason for the refusal.
   * @example The token has expired.
   */
  error?: string;
}

/** The error of a request above the rate limit. */
export interface ListAccessProfiles429Response {
  /**
   * The reason for the refusal.
   * @example Rate limit exceeded.
   */
  message?: string;
}
