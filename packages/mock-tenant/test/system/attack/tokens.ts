import fc from "fast-check";
import type { AttackRequest } from "./requests.ts";

/** A token request with the slots `<client>` and `<secret>`. */
export interface TokenRequest {
  readonly request: AttackRequest;
  /** True if the tenant must return a token. */
  readonly valid: boolean;
}

const FIELDS = { grant_type: "client_credentials", client_id: "<client>", client_secret: "<secret>" };

const boundary = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9'()+_,./:=?-]{1,70}$/),
  fc.constantFrom("", " ", "x".repeat(71), "x".repeat(5000), "--", "\xe9", 'a"b', "a;b", "__proto__"),
);

const disposition = fc.constantFrom(
  'form-data; name="$"',
  "form-data; name=$",
  'form-data; name="$"; filename="a.txt"',
  "form-data; name=\"$\"; filename*=UTF-8''%ff",
  "form-data; name*=UTF-8''$",
  'form-data; name="$',
  "form-data",
  'attachment; name="$"',
  'form-data; name="__proto__"; name="$"',
);

function multipart(separator: string, dispositions: readonly string[]): string {
  const parts = Object.entries(FIELDS).map(([name, value], index) => {
    const line = (dispositions[index] ?? 'form-data; name="$"').replace("$", name);
    return `--${separator}\r\nContent-Disposition: ${line}\r\n\r\n${value}\r\n`;
  });
  return `${parts.join("")}--${separator}--\r\n`;
}

function tokenRequestOf(type: string, body: Uint8Array, valid: boolean, search = ""): TokenRequest {
  const headers = [["Content-Type", type]] as const;
  return {
    request: { method: "POST", target: `/oauth/token${search}`, headers, body, chunks: undefined },
    valid,
  };
}

const valid = fc.oneof(
  fc.constant(
    tokenRequestOf(
      "application/x-www-form-urlencoded",
      Buffer.from(new URLSearchParams(FIELDS).toString().replaceAll("%3C", "<").replaceAll("%3E", ">")),
      true,
    ),
  ),
  fc
    .stringMatching(/^[A-Za-z0-9_-]{1,70}$/)
    .map((separator) =>
      tokenRequestOf(
        `multipart/form-data; boundary=${separator}`,
        Buffer.from(multipart(separator, [])),
        true,
      ),
    ),
);

const strangeMultipart = fc
  .tuple(boundary, boundary, fc.boolean(), fc.array(disposition, { maxLength: 3 }))
  .map(([separator, other, same, dispositions]) =>
    tokenRequestOf(
      `multipart/form-data; boundary=${same ? separator : other}`,
      Buffer.from(multipart(separator, dispositions), "latin1"),
      false,
    ),
  );

/** A form with bytes removed, inserted or replaced at any place. */
const mangled = fc
  .tuple(fc.oneof(valid, strangeMultipart), fc.nat(), fc.nat(20), fc.uint8Array({ maxLength: 5 }))
  .map(([{ request }, at, length, bytes]) => {
    const start = at % (request.body.length + 1);
    const body = Buffer.concat([
      request.body.subarray(0, start),
      bytes,
      request.body.subarray(start + length),
    ]);
    return { request: { ...request, body }, valid: false };
  });

const strange = fc
  .tuple(
    fc.constantFrom(
      "",
      "application/json",
      "multipart/form-data",
      "multipart/mixed; boundary=x",
      "multipart/form-data; boundary=x; boundary=y",
      "multipart/form-data; boundary*=UTF-8''x",
      "application/x-www-form-urlencoded; charset=utf-16",
    ),
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constant(Buffer.from("grant_type=%&client_id=%ff&client_secret=__proto__")),
    ),
    fc.constantFrom(
      "",
      "?grant_type=client_credentials",
      "?grant_type=a&grant_type=b",
      "?client_secret=<secret>",
      "?%",
    ),
  )
  .map(([type, body, search]) => tokenRequestOf(type, body, false, search));

export const tokenRequest: fc.Arbitrary<TokenRequest> = fc.oneof(
  valid,
  { weight: 2, arbitrary: strangeMultipart },
  { weight: 4, arbitrary: mangled },
  { weight: 2, arbitrary: strange },
);
