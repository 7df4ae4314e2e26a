import { METHODS } from "node:http";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import document from "@isc-customizers/types/openapi.json" with { type: "json" };
import { mostly } from "./mostly.ts";

type Headers = readonly (readonly [name: string, value: string])[];

/** An HTTP request with valid framing. `filled` replaces the slots `<id:N>`, `<instance:N>` and `<token>`. */
export interface AttackRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The sizes of the chunks of the body. If undefined, the body has a `Content-Length`. */
  readonly chunks: readonly number[] | undefined;
}

const text = new TextEncoder();

const slot = (kind: "id" | "instance") => fc.nat(30).map((number) => `<${kind}:${number}>`);

const PROTOTYPE_KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

/** The URL layouts of a path, from the variables of the document's server. */
const layouts = document.servers.flatMap(({ variables: { apiVersion } }) => [
  ...apiVersion.enum.map((version) => (path: string) => `/${version}${path}`),
  ...apiVersion["x-service-versions"].map(
    (version) => (path: string) => path.replace(/^\/[^/]+/, (service) => `${service}/${version}`),
  ),
]);

/** All operations, with the media type of the body if there is one. */
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([key, operation]) => {
    const method = key.toUpperCase();
    if (!METHODS.includes(method)) return [];
    const [type] = "requestBody" in operation ? Object.keys(operation.requestBody.content) : [];
    return [{ path, method, type }];
  }),
);

const segment = fc.oneof(
  { weight: 6, arbitrary: slot("id") },
  { weight: 3, arbitrary: slot("instance") },
  fc.constantFrom(
    ...PROTOTYPE_KEYS,
    ..."..|.|%2e%2e|%2E.|..%2f..%2f..%2fetc%2fpasswd|%00|a%00b|%|%z|%zz|%ff|%c0%ae|%ed%a0%80|%F0%9F%98%80|;|*|~|'|%22|%0d%0aX:1|null|undefined|0|-1|{id}|%7Bid%7D|versions|v1".split(
      "|",
    ),
  ),
  fc.string({ unit: "binary", maxLength: 20 }).map(encode),
  fc.integer({ min: 1, max: 14_000 }).map((length) => "x".repeat(length)),
);

function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed()) || "%20";
}

/** The path of an operation, in any layout and with any id. */
function pathOf(path: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...layouts), segment)
    .map(([layout, id]) => layout(path.replace("{id}", id)));
}

const documentPath = fc.constantFrom(...operations).chain(({ path }) => pathOf(path));

const strangePath = fc
  .oneof(
    fc.constantFrom(
      ..."/|//|*|/%|/..|/../../etc/passwd|/v2024|/v2024/|/beta//connector-customizers|/v2024/connector-customizers/|/v2024/./connector-customizers|/v2024/../beta/connector-customizers|/V2024/connector-customizers|/v2024/connector-customizers%2f|/connector-customizers/v2|/v1/connector-customizers|/oauth/token|/oauth/info|/oauth/authorize|/_mock/|/_mock/requests|/_mock/faults/1|/_mock/faults/__proto__|/_mock/faults/1/2|/_mock/%00|http://other.example/v2024/connector-customizers|http://|http:///oauth/info|https://x/|/__proto__/connector-customizers|/v2024/__proto__|/favicon.ico".split(
        "|",
      ),
    ),
    fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join("/")}`),
    fc
      .tuple(documentPath, fc.nat(80), segment)
      .map(([path, at, extra]) => path.slice(0, at) + extra + path.slice(at)),
  )
  .map((path) => (/^(\/|\*$|https?:)/.test(path) ? path : `/${path}`));

const queryName = fc.oneof(
  fc.constantFrom("limit", "offset"),
  fc.constantFrom(
    "limit[]",
    "limit[0]",
    "offset[a]",
    "LIMIT",
    "count",
    "filters",
    "access_token",
    "",
    "%",
    "%ff",
    ...PROTOTYPE_KEYS,
  ),
  fc.string({ maxLength: 8 }).map(encode),
);

const queryValue = fc.oneof(
  fc.integer({ min: 0, max: 250 }).map(String),
  fc.constantFrom(
    ..."|-1|-0|00|007|251|2147483647|2147483648|9007199254740993|99999999999999999999|1e2|1e400|0x10|0b1|1.0|1.|.1|+1|%201|1%20|NaN|Infinity|null|true|[]|{}|%|%ff|%00|1%00|%D9%A1".split(
      "|",
    ),
  ),
  fc.string({ unit: "binary", maxLength: 10 }).map(encode),
);

const query = fc.oneof(
  fc
    .array(fc.tuple(queryName, queryValue), { maxLength: 5 })
    .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`),
  fc.constantFrom(
    "?",
    "?&&&",
    "?=",
    "?limit",
    "?limit=1?offset=2",
    "?limit=1#offset=2",
    "?%",
    `?${"a=1&".repeat(2000)}`,
  ),
);

const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    ...PROTOTYPE_KEYS,
    "",
    "\0",
    "\ud800",
    "<script>alert(1)</script>",
    "${7*7}",
    "'; DROP TABLE customizer;--",
  ),
  fc.integer({ min: 1, max: 500 }).map((length) => "名".repeat(length)),
);

const patchOperation = fc.oneof(
  {
    weight: 4,
    arbitrary: slot("id").map((value) => ({ op: "replace", path: "/connectorCustomizerId", value })),
  },
  { weight: 2, arbitrary: fc.constant({ op: "remove", path: "/connectorCustomizerId" }) },
  fc.record(
    {
      op: fc.constantFrom("replace", "remove", "add", "test", "copy", "__proto__"),
      path: fc.constantFrom(
        "/connectorCustomizerId",
        "",
        "/",
        "/id",
        "/__proto__/polluted",
        "/constructor/prototype/polluted",
        "/~2",
      ),
      value: fc.oneof(slot("id"), fc.jsonValue({ maxDepth: 2 })),
      from: fc.string({ maxLength: 5 }),
    },
    { requiredKeys: [] },
  ),
);

const createJson = fc.oneof(
  fc.record({ name }).map((value) => JSON.stringify(value)),
  fc
    .record({ name, id: fc.constantFrom("", "mine"), type: name, extra: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
);
const patchJson = fc
  .array(patchOperation, { minLength: 1, maxLength: 3 })
  .map((value) => JSON.stringify(value));

/** A valid body of a media type. */
function usefulBody(type: string | undefined): fc.Arbitrary<Uint8Array> {
  switch (type) {
    case undefined:
      return fc.constant(new Uint8Array());
    case "application/zip":
      return fc.string({ maxLength: 100 }).map((file) => zipSync({ "index.js": text.encode(file) }));
    case "application/json-patch+json":
      return patchJson.map((json) => text.encode(json));
    default:
      return createJson.map((json) => text.encode(json));
  }
}

const strangeJson = fc.oneof(
  fc.json(),
  fc
    .tuple(name, fc.jsonValue())
    .map(([one, other]) => `{"name":${JSON.stringify(one)},"name":${JSON.stringify(other)}}`),
  fc
    .constantFrom(...PROTOTYPE_KEYS)
    .map((key) => `{"${key}":{"name":"polluted","polluted":true},"name":"A"}`),
  fc.constantFrom(
    ...'{}|null|true|0|""|[]|[[]]|{"name":null}|{"name":1e999}|{"name":-0}|{"name":{}}|{"name":"\\ud800"}|{"name":"A"}}|{"name":"A"|{name:\'A\'}|NaN|{"":""}| {"name":"A"} |\ufeff{"name":"A"}|{"constructor":{"prototype":{"polluted":true}}}'.split(
      "|",
    ),
  ),
  fc
    .tuple(fc.constantFrom("[", '{"a":', '{"name":['), fc.integer({ min: 1, max: 100_000 }))
    .map(
      ([opening, depth]) =>
        `{"name":"A","b":${opening.repeat(depth)}${opening === "[" ? "]".repeat(depth) : ""}}`,
    ),
  fc.integer({ min: 1, max: 100_000 }).map((digits) => `{"name":"A","n":${"9".repeat(digits)}}`),
  fc
    .integer({ min: 1_000_000, max: 1_100_000 })
    .map((length) => JSON.stringify({ name: "x".repeat(length) })),
);

const strangeBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 5, arbitrary: strangeJson.map((json) => text.encode(json)) },
  fc.constant(new Uint8Array()),
  fc.uint8Array({ maxLength: 200 }),
  createJson.map((json) => new Uint8Array(gzipSync(json))),
  createJson.map((json) => new Uint8Array(Buffer.from(json, "utf16le"))),
  fc.tuple(createJson, fc.nat(100), fc.nat(255)).map(([json, at, byte]) => {
    const bytes = text.encode(json);
    bytes[at % bytes.length] = byte;
    return bytes;
  }),
);

const contentType = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("application/json", "application/json-patch+json", "application/zip"),
  },
  fc.constantFrom(
    ...'application/json; charset=utf-8|application/json;charset=utf-16|application/json; charset="|APPLICATION/JSON|application/*|*/*|text/plain|application/x-www-form-urlencoded|multipart/form-data|multipart/form-data; boundary=|multipart/form-data; boundary=x|;|/|application/vnd.api+json|application/json, text/html|__proto__'.split(
      "|",
    ),
  ),
);

const headerValue = fc.oneof(
  fc.string({ maxLength: 30 }).map((value) => value.replace(/[^\x20-\x7e]/g, "").trim()),
  fc.constantFrom(...PROTOTYPE_KEYS, "", "\xff\xfe", "\x80", "a\tb", "true", "%00", '"', "../../x"),
);

/** Headers that change the behaviour of the server. */
const EFFECTIVE_HEADERS: Headers = [
  ["Cookie", "a=%; b=%ff; __proto__=x; =; ;;"],
  ["Expect", "100-continue"],
  ["Expect", "nonsense"],
  ["Connection", "close"],
  ["Connection", "keep-alive, X-SailPoint-Experimental"],
  ["X-SailPoint-Experimental", "true"],
  ["X-SailPoint-Experimental", "True"],
  ["Content-Encoding", "gzip"],
];

const header: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      ...PROTOTYPE_KEYS,
      ..."Accept|Accept-Encoding|Authorization|Cookie|Origin|Referer|Forwarded|X-Forwarded-For|X-HTTP-Method-Override|X-SailPoint-Experimental|If-Match|Range|Content-Encoding|Content-Type|Content-MD5|TE|Via|Upgrade|X-Secret-Token".split(
        "|",
      ),
    ),
    headerValue,
  ),
  fc.constantFrom(...EFFECTIVE_HEADERS),
  fc.integer({ min: 1, max: 20_000 }).map((length) => ["X-Long", "x".repeat(length)] as const),
);

const authorization = fc.oneof(
  { weight: 16, arbitrary: fc.constant([["Authorization", "Bearer <token>"] as const]) },
  fc.constant([]),
  fc
    .oneof(
      fc.constantFrom(
        "Bearer",
        "Bearer ",
        "bearer  <token>",
        "Bearer <token>.x",
        "Bearer ..",
        "Basic YTpi",
        "Bearer null",
        "Bearer a.b.c",
      ),
      headerValue,
    )
    .map((value) => [["Authorization", value] as const]),
);

/** The methods that Node's parser accepts, except CONNECT, which is for proxies. `malformed.ts` covers other methods. */
const methods = METHODS.filter((method) => method !== "CONNECT");

export const chunks: fc.Arbitrary<number[] | undefined> = fc.option(
  fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 100_000 })), { maxLength: 5 }),
  {
    nil: undefined,
  },
);

const operationRequest = fc.constantFrom(...operations).chain(({ method, path, type }) =>
  fc.record({
    method: mostly(fc.constant(method), fc.constantFrom(...methods)),
    path: mostly(pathOf(path), strangePath, 20),
    type: mostly(fc.constant(type), contentType),
    body: mostly(usefulBody(type), strangeBody, 3),
  }),
);

const strangeRequest = fc.record({
  method: mostly(fc.constant("GET"), fc.constantFrom(...methods), 1),
  path: strangePath,
  type: contentType,
  body: strangeBody,
});

export const attackRequest: fc.Arbitrary<AttackRequest> = fc
  .record({
    what: mostly<{ method: string; path: string; type: string | undefined; body: Uint8Array }>(
      operationRequest,
      strangeRequest,
    ),
    query: mostly(fc.constant(""), query, 1),
    credentials: authorization,
    experimental: mostly<Headers>(fc.constant([["X-SailPoint-Experimental", "true"]]), fc.constant([])),
    others: mostly<Headers>(fc.constant([]), fc.array(header, { maxLength: 4 }), 3),
    chunks,
  })
  .map(
    ({ what: { method, path, type, body }, query: search, credentials, experimental, others, ...rest }) => ({
      ...rest,
      method,
      target: path + search,
      headers: [
        ...credentials,
        ...experimental,
        ...(type === undefined ? [] : [["Content-Type", type] as const]),
        ...others,
      ],
      body,
    }),
  );

/** Replaces every slot of a request. */
export function filled(request: AttackRequest, fill: (slot: string) => string): AttackRequest {
  const replace = (value: string) => value.replace(/<(id|instance|token)(:\d+)?>/g, fill);
  return {
    ...request,
    target: replace(request.target),
    headers: request.headers.map(([field, value]) => [field, replace(value)]),
    body: Buffer.from(replace(Buffer.from(request.body).toString("latin1")), "latin1"),
  };
}

/** Serializes a request. */
export function requestBytes({
  method,
  target,
  headers,
  body: content,
  chunks: sizes,
}: AttackRequest): Uint8Array {
  const framing = sizes === undefined ? `Content-Length: ${content.length}` : "Transfer-Encoding: chunked";
  const lines = headers.map(([field, value]) => `${field}: ${value}\r\n`).join("");
  const head = Buffer.from(
    `${method} ${target} HTTP/1.1\r\nHost: mock\r\n${framing}\r\n${lines}\r\n`,
    "latin1",
  );
  return Buffer.concat([head, ...(sizes === undefined ? [content] : chunked(content, sizes))]);
}

/** Encodes a chunked body: https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
function chunked(content: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const size of [...sizes, content.length]) {
    const part = content.subarray(at, at + size);
    if (part.length > 0)
      parts.push(text.encode(`${part.length.toString(16)};x=1\r\n`), part, text.encode("\r\n"));
    at += part.length;
  }
  return [...parts, text.encode("0\r\nX-Trailer: 1\r\n\r\n")];
}
