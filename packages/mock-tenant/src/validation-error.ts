/** A validation error: https://ajv.js.org/api.html#error-objects */
export interface ValidationError {
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
    readonly propertyName?: string;
    readonly allowedValue?: unknown;
    readonly allowedValues?: readonly unknown[];
  };
}

/** Message of a validation error, without its place. Adds the names and values that the validator leaves out. */
export function validationErrorText({ message = "is not acceptable", params }: ValidationError): string {
  const { additionalProperty, propertyName, allowedValue, allowedValues } = params;
  const detail = additionalProperty ?? propertyName ?? allowedValue ?? allowedValues;
  return detail === undefined ? message : `${message} (${JSON.stringify(detail)})`;
}
