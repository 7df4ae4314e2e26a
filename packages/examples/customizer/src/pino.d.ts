// Stands in for pino's own declarations. Those of the SDK pass the logger's options to `Logger<...>`, as pino asked
// for once; the pino that is installed with the SDK wants the names of custom levels there, and `tsc` refuses.
declare module "pino" {
  type LogFunction = (message: string) => void;

  export interface Logger<_Options> {
    debug: LogFunction;
    info: LogFunction;
    warn: LogFunction;
    error: LogFunction;
  }

  // The SDK calls the same type `pino.Logger` in another place.
  export type * as default from "pino";
}
