// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** A customizer to create. */
export interface ConnectorCustomizerCreateRequest {
  /**
   * The customizer's name.
   * @example My Custom Connector
   */
  name?: string;
}

/** A customizer as it was created. */
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
   * When the customizer was created, in RFC 3339. The platform has been seen to send Go's default print instead
   * (`2009-11-10 23:00:00 +0000 UTC`), so never fail on it.
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
   * The number of the version that was uploaded last. Absent until the first upload.
   * @example 2
   */
  imageVersion?: number;
  /**
   * The id of the code that was uploaded last. Absent until the first upload.
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
   * When the customizer was created, in RFC 3339. The platform has been seen to send Go's default print instead
   * (`2009-11-10 23:00:00 +0000 UTC`), so never fail on it.
   * @example 2026-03-02T09:14:27.000Z
   */
  created?: string;
}

/** The new state of a customizer. */
export type ConnectorCustomizerUpdateRequest = ConnectorCustomizerCreateRequest;

/** A customizer as it is after a change. */
export type ConnectorCustomizerUpdateResponse = ConnectorCustomizerCreateResponse & {
  /**
   * Format: int64
   *
   * The number of the version that was uploaded last. Absent until the first upload.
   * @example 2
   */
  imageVersion?: number;
  /**
   * The id of the code that was uploaded last. Absent until the first upload.
   * @example 2c91808568c529c60168cca6f90c1324
   */
  imageID?: string;
};

/** A version that was made of an uploaded zip. */
export interface ConnectorCustomizerVersionCreateResponse {
  /**
   * The id of the customizer that the version belongs to.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  customizerID?: string;
  /**
   * The same id as `customizerID`, under the name that `beta` gives it.
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
   * When the version was created, in RFC 3339. The platform has been seen to send Go's default print instead
   * (`2009-11-10 23:00:00 +0000 UTC`), so never fail on it.
   * @example 2026-03-02T09:14:27.000Z
   */
  created?: string;
}

/** A connector instance, which may have a customizer at work in it. */
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
   * The id of the customizer that the instance is linked to; `null` or absent where there is none.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  connectorCustomizerId?: string | null;
}

/** A change of a connector instance, as an operation of a JSON Patch (RFC 6902). */
export type ConnectorInstanceChange = LinkConnectorCustomizer | UnlinkConnectorCustomizer;

/** Links the instance to a customizer, in place of any that it is linked to. */
export interface LinkConnectorCustomizer {
  /**
   * What to do.
   * @constant
   */
  op: "replace";
  /**
   * The property to do it to, as a JSON pointer (RFC 6901).
   * @constant
   */
  path: "/connectorCustomizerId";
  /**
   * The customizer's id.
   * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
   */
  value: string;
}

/** Ends the instance's link to a customizer. */
export interface UnlinkConnectorCustomizer {
  /**
   * What to do.
   * @constant
   */
  op: "remove";
  /**
   * The property to do it to, as a JSON pointer (RFC 6901).
   * @constant
   */
  path: "/connectorCustomizerId";
}

/** What went wrong. */
export interface ErrorResponseDto {
  /**
   * A finer code of the error than its HTTP status.
   * @example 400.1 Bad Request Content
   */
  detailCode?: string;
  /**
   * The id under which the vendor's support finds the request.
   * @example e7eab60924f64aa284175b9fa3309599
   */
  trackingId?: string;
  /** The error, in one or more locales. */
  messages?: ErrorMessageDto[];
  /** What led to the error, in one or more locales. */
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
   * Where the locale comes from, the platform's default or the request.
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

/** What was wrong with the bearer token. */
export interface ListAccessProfiles401Response {
  /**
   * The reason for the refusal.
   * @example The token has expired.
   */
  error?: string;
}

/** That the rate limit is spent. */
export interface ListAccessProfiles429Response {
  /**
   * The reason for the refusal.
   * @example Rate limit exceeded.
   */
  message?: string;
}
