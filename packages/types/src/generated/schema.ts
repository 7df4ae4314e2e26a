// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/connector-customizers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List connector customizers
         * @description Returns the tenant's connector customizers, page by page.
         */
        get: operations["listConnectorCustomizers"];
        put?: never;
        /**
         * Create a connector customizer
         * @description Creates a customizer that has a name and no code yet. Upload its code with `createConnectorCustomizerVersion`.
         *     A repeated request creates another customizer. It is not documented whether names must be unique.
         */
        post: operations["createConnectorCustomizer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connector-customizers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customizer's id.
                 * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
                 */
                id: components["parameters"]["CustomizerId"];
            };
            cookie?: never;
        };
        /**
         * Get a connector customizer
         * @description Returns the customizer, with the number of its newest version if it has one.
         */
        get: operations["getConnectorCustomizer"];
        /**
         * Rename a connector customizer
         * @description Replaces the customizer's name. The vendor's reference calls `id`, `name` and `type` immutable. Yet `name` is the
         *     only property of the body, and the vendor's command line renames a customizer with it.
         */
        put: operations["putConnectorCustomizer"];
        post?: never;
        /**
         * Delete a connector customizer
         * @description Deletes the customizer. It is not documented what happens to a connector instance that is still linked to it, so
         *     unlink the instance first, with `patchConnectorInstance`.
         */
        delete: operations["deleteConnectorCustomizer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connector-customizers/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customizer's id.
                 * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
                 */
                id: components["parameters"]["CustomizerId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a version of a connector customizer
         * @description Uploads the customizer's code as its next version. The body is the zip that `spcx package` of the connector SDK
         *     builds from a project. The vendor's reference documents no body, but the vendor's command line sends this one. The
         *     largest accepted zip and the numbering of versions are not documented.
         */
        post: operations["createConnectorCustomizerVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connector-instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List connector instances
         * @description Returns the tenant's connector instances, each with the id of its customizer if it has one. The list has no known
         *     pagination.
         *
         *     The vendor's versioning guide lists this path under `beta`, `v2024`, `v2025`, `v2026` and `v1`. No reference page
         *     describes it. The vendor's command line uses it under `beta` only, and some users report a 404.
         */
        get: operations["listConnectorInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connector-instances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The connector instance's id.
                 * @example c3a94e17-6b2d-4f58-9e01-d85b7a20f64c
                 */
                id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Link or unlink a connector instance
         * @description Links the instance to a customizer (`replace`), or unlinks it (`remove`). The body is a JSON Patch (RFC 6902).
         *
         *     The vendor's versioning guide lists this path under `beta`, `v2024`, `v2025`, `v2026` and `v1`. No reference page
         *     describes it. The vendor's command line uses it under `beta` only, and some users report a 404.
         */
        patch: operations["patchConnectorInstance"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The properties of a new customizer. */
        ConnectorCustomizerCreateRequest: {
            /**
             * @description The customizer's name.
             * @example My Custom Connector
             */
            name?: string;
        };
        /** @description A customizer that was just created. */
        ConnectorCustomizerCreateResponse: {
            /**
             * @description The id that the platform gave to the customizer.
             * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
             */
            id: string;
            /**
             * @description The customizer's name.
             * @example My Custom Connector
             */
            name?: string;
            /**
             * @description The id of the tenant that the customizer belongs to.
             * @example 2c91808568c529c60168cca6f90c1777
             */
            tenantID?: string;
            /**
             * Format: date-time
             * @description The time when the customizer was created, in RFC 3339. Some responses have Go's default format instead
             *     (`2009-11-10 23:00:00 +0000 UTC`), so do not fail on it.
             * @example 2026-03-02T09:14:27.000Z
             */
            created?: string;
        };
        /** @description A customizer. */
        ConnectorCustomizersResponse: {
            /**
             * @description The customizer's id.
             * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
             */
            readonly id: string;
            /**
             * @description The customizer's name.
             * @example My Custom Connector
             */
            name?: string;
            /**
             * Format: int64
             * @description The number of the newest version. Absent until the first upload.
             * @example 2
             */
            imageVersion?: number;
            /**
             * @description The id of the newest version's code. Absent until the first upload.
             * @example 2c91808568c529c60168cca6f90c1324
             */
            imageID?: string;
            /**
             * @description The id of the tenant that the customizer belongs to.
             * @example 2c91808568c529c60168cca6f90c1777
             */
            tenantID?: string;
            /**
             * Format: date-time
             * @description The time when the customizer was created, in RFC 3339. Some responses have Go's default format instead
             *     (`2009-11-10 23:00:00 +0000 UTC`), so do not fail on it.
             * @example 2026-03-02T09:14:27.000Z
             */
            created?: string;
        };
        /** @description The new state of a customizer. */
        ConnectorCustomizerUpdateRequest: components["schemas"]["ConnectorCustomizerCreateRequest"];
        /** @description A customizer after a change. */
        ConnectorCustomizerUpdateResponse: components["schemas"]["ConnectorCustomizerCreateResponse"] & {
            /**
             * Format: int64
             * @description The number of the newest version. Absent until the first upload.
             * @example 2
             */
            imageVersion?: number;
            /**
             * @description The id of the newest version's code. Absent until the first upload.
             * @example 2c91808568c529c60168cca6f90c1324
             */
            imageID?: string;
        };
        /** @description A version that was created from an uploaded zip. */
        ConnectorCustomizerVersionCreateResponse: {
            /**
             * @description The id of the customizer that the version belongs to.
             * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
             */
            customizerID?: string;
            /**
             * @description The same id as `customizerID`. Responses under `beta` have this name.
             * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
             */
            connectorCustomizerId?: string;
            /**
             * @description The id of the uploaded code.
             * @example 2c91808568c529c60168cca6f90c1324
             */
            imageID?: string;
            /**
             * Format: int64
             * @description The version's number.
             * @example 2
             */
            version?: number;
            /**
             * Format: date-time
             * @description The time when the version was created, in RFC 3339. Some responses have Go's default format instead
             *     (`2009-11-10 23:00:00 +0000 UTC`), so do not fail on it.
             * @example 2026-03-02T09:14:27.000Z
             */
            created?: string;
        };
        /** @description A connector instance. A customizer may be linked to it. */
        ConnectorInstance: {
            /**
             * @description The instance's id.
             * @example c3a94e17-6b2d-4f58-9e01-d85b7a20f64c
             */
            id: string;
            /**
             * @description The instance's name.
             * @example Badge System
             */
            name?: string;
            /**
             * @description Id of the linked customizer. `null` or absent if the instance has no customizer.
             * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
             */
            connectorCustomizerId?: string | null;
        };
        /** @description A change of a connector instance, an operation of a JSON Patch (RFC 6902). */
        ConnectorInstanceChange: components["schemas"]["LinkConnectorCustomizer"] | components["schemas"]["UnlinkConnectorCustomizer"];
        /** @description Links the instance to a customizer. An existing link is replaced. */
        LinkConnectorCustomizer: {
            /**
             * @description The operation.
             * @constant
             */
            op: "replace";
            /**
             * @description The changed property, a JSON pointer (RFC 6901).
             * @constant
             */
            path: "/connectorCustomizerId";
            /**
             * @description The customizer's id.
             * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
             */
            value: string;
        };
        /** @description Unlinks the instance from its customizer. */
        UnlinkConnectorCustomizer: {
            /**
             * @description The operation.
             * @constant
             */
            op: "remove";
            /**
             * @description The changed property, a JSON pointer (RFC 6901).
             * @constant
             */
            path: "/connectorCustomizerId";
        };
        /** @description An error. */
        ErrorResponseDto: {
            /**
             * @description The error's code, which is more precise than the HTTP status.
             * @example 400.1 Bad Request Content
             */
            detailCode?: string;
            /**
             * @description The id by which the vendor's support finds the request.
             * @example e7eab60924f64aa284175b9fa3309599
             */
            trackingId?: string;
            /** @description The error, in one or more locales. */
            messages?: components["schemas"]["ErrorMessageDto"][];
            /** @description The causes of the error, in one or more locales. */
            causes?: components["schemas"]["ErrorMessageDto"][];
        };
        /** @description A text in one locale. */
        ErrorMessageDto: {
            /**
             * @description The text's locale, as a BCP 47 language tag.
             * @example en-US
             */
            locale?: string | null;
            /**
             * @description The origin of the locale, the platform's default or the request.
             * @example DEFAULT
             * @enum {string|null}
             */
            localeOrigin?: "DEFAULT" | "REQUEST" | null;
            /**
             * @description The text.
             * @example Nothing has this id.
             */
            text?: string;
        };
        /** @description The error of a request whose bearer token is not accepted. */
        ListAccessProfiles401Response: {
            /**
             * @description The reason for the refusal.
             * @example The token has expired.
             */
            error?: string;
        };
        /** @description The error of a request above the rate limit. */
        ListAccessProfiles429Response: {
            /**
             * @description The reason for the refusal.
             * @example Rate limit exceeded.
             */
            message?: string;
        };
    };
    responses: {
        /** @description A parameter or the body is invalid. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponseDto"];
            };
        };
        /** @description The bearer token is missing, malformed, expired or revoked. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ListAccessProfiles401Response"];
            };
        };
        /** @description The token lacks the operation's scope, or the user lacks the level `ORG_ADMIN`. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponseDto"];
            };
        };
        /** @description The path does not exist, or nothing has this id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponseDto"];
            };
        };
        /** @description The body is larger than the platform accepts. The limit is not documented. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponseDto"];
            };
        };
        /** @description The client id has reached the rate limit of this API version. `Retry-After` says how long to wait. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ListAccessProfiles429Response"];
            };
        };
        /** @description The server failed. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponseDto"];
            };
        };
    };
    parameters: {
        /**
         * @description The customizer's id.
         * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
         */
        CustomizerId: string;
        /**
         * @description The connector instance's id.
         * @example c3a94e17-6b2d-4f58-9e01-d85b7a20f64c
         */
        InstanceId: string;
        /** @description The platform requires it for experimental endpoints, except under `beta`. */
        Experimental: "true";
        /**
         * @description The number of records to skip before the page.
         * @example 0
         */
        Offset: number;
        /**
         * @description The largest number of records in the page.
         * @example 50
         */
        Limit: number;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The seconds to wait before the next request, a whole number. The vendor considers waits that grow: 60, 300, 600
         *     and 1,200 seconds.
         * @example 10
         */
        "Retry-After": number;
        /** @description `true` when the endpoint is deprecated; absent otherwise. */
        "X-Deprecated": "true";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listConnectorCustomizers: {
        parameters: {
            query?: {
                /**
                 * @description The number of records to skip before the page.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * @description The largest number of records in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customizers. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCustomizersResponse"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    createConnectorCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The customizer to create. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectorCustomizerCreateRequest"];
            };
        };
        responses: {
            /** @description Created. `beta` answers with this status. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCustomizerCreateResponse"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCustomizerCreateResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    getConnectorCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customizer's id.
                 * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
                 */
                id: components["parameters"]["CustomizerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customizer. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCustomizersResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    putConnectorCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customizer's id.
                 * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
                 */
                id: components["parameters"]["CustomizerId"];
            };
            cookie?: never;
        };
        /** @description The customizer's new state. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConnectorCustomizerUpdateRequest"];
            };
        };
        responses: {
            /** @description The customizer as it is now. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCustomizerUpdateResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    deleteConnectorCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customizer's id.
                 * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
                 */
                id: components["parameters"]["CustomizerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    createConnectorCustomizerVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customizer's id.
                 * @example b07dc46a-1498-4de8-bfbb-259a68e70c8a
                 */
                id: components["parameters"]["CustomizerId"];
            };
            cookie?: never;
        };
        /**
         * @description The bytes of the zip, without a form around them and without an encoding. Leave `body` out to create a version
         *     without code. The vendor's command line sends the zip chunked, without a `Content-Length`.
         */
        requestBody?: {
            content: {
                "application/zip": Blob;
            };
        };
        responses: {
            /** @description The new version, or `null`. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCustomizerVersionCreateResponse"] | null;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    listConnectorInstances: {
        parameters: {
            query?: never;
            header: {
                /** @description The platform requires it for experimental endpoints, except under `beta`. */
                "X-SailPoint-Experimental": components["parameters"]["Experimental"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connector instances. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorInstance"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    patchConnectorInstance: {
        parameters: {
            query?: never;
            header: {
                /** @description The platform requires it for experimental endpoints, except under `beta`. */
                "X-SailPoint-Experimental": components["parameters"]["Experimental"];
            };
            path: {
                /**
                 * @description The connector instance's id.
                 * @example c3a94e17-6b2d-4f58-9e01-d85b7a20f64c
                 */
                id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /** @description The changes, at least one. The vendor's command line sends them without a `Content-Type`. */
        requestBody: {
            content: {
                "application/json-patch+json": components["schemas"]["ConnectorInstanceChange"][];
            };
        };
        responses: {
            /** @description The instance as it is now. */
            200: {
                headers: {
                    "X-Deprecated": components["headers"]["X-Deprecated"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorInstance"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
