import { ConfigurationError } from "../errors/errors.ts";

/** Where log lines go; `console` is one. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** `info` tells each attempt, `warn` what a person should look into. */
export type LogLevel = "off" | keyof Logger;

/** Writes a line, if the level is asked for. */
export type Log = (level: keyof Logger, message: () => string) => void;

const levels: readonly LogLevel[] = ["off", "error", "warn", "info", "debug"];

/** @throws ConfigurationError */
export function createLog(logger: Logger | undefined, logLevel: LogLevel = "warn"): Log {
  const most = levels.indexOf(logLevel);
  if (most < 0)
    throw new ConfigurationError(
      `\`logLevel\` must be one of ${levels.join(", ")}; it is ${String(logLevel)}.`,
    );
  return (level, message) => {
    if (levels.indexOf(level) > most) return;
    try {
      (logger ?? console)[level](`isc-customizers: ${message()}`);
    } catch {
      // A call does not fail because nobody could be told of it.
    }
  };
}
