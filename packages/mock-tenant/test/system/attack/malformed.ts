import fc from "fast-check";

/** Arbitrary bytes as Latin-1, so that a string can hold every byte. */
const junk = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("latin1"));

const method = fc.oneof(
  { weight: 20, arbitrary: fc.constant("POST") },
  { weight: 4, arbitrary: fc.constantFrom("GET", "PUT", "DELETE", "PATCH") },
  fc.constantFrom(
    "post",
    "Get",
    "CONNECT",
    "PRI",
    "",
    " ",
    "G ET",
    "POST\t",
    "\0",
    "__proto__",
    "\x16\x03\x01",
  ),
  fc.integer({ min: 1, max: 20_000 }).map((length) => "X".repeat(length)),
  junk,
);

const target = fc.oneof(
  { weight: 20, arbitrary: fc.constant("/v2024/connector-customizers") },
  fc.constantFrom(
    "/v2024/connector-customizers/none/versions",
    "",
    " ",
    "/a b",
    "/\0",
    "/\xe9",
    "/%00",
    "*",
    "mock:80",
    "http://[",
    "//",
  ),
  fc.integer({ min: 1, max: 40_000 }).map((length) => `/${"x".repeat(length)}`),
  junk,
);

const version = fc.oneof(
  { weight: 20, arbitrary: fc.constant("HTTP/1.1") },
  fc.constantFrom(
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/1.9",
    "HTTP/11",
    "http/1.1",
    "",
    "HTTP/1.1 ",
    "SIP/2.0",
  ),
);

/** Valid framing headers (https://www.rfc-editor.org/rfc/rfc9112#section-6), and ambiguous ones as in request smuggling. */
const framing = fc.oneof(
  fc.constantFrom(
    "Content-Length: <length>",
    "Content-Length: <length>\r\nContent-Length: <length>",
    "Content-Length: <length>\r\nContent-Length: 1",
    "Content-Length: <length>, <length>",
    "Content-Length: +<length>",
    "Content-Length: -1",
    "Content-Length: 0x5",
    "Content-Length: 1e3",
    "Content-Length: 5 5",
    "Content-Length: ",
    "Content-Length: 99999999999999999999",
    "Content-Length : <length>",
    " Content-Length: <length>",
    "Content-Length: 1000000",
    "Content-Length: 3",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: <length>",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, gzip",
    "Transfer-Encoding: chunked, chunked",
    "Transfer-Encoding: identity",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding:\x0bchunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding : chunked",
    "",
  ),
);

const line = fc.oneof(
  fc.constantFrom(
    "Host: a\r\nHost: b",
    "no colon",
    ": no name",
    "a b: c",
    "X: a\r\n folded",
    "X: a\nY: b",
    "X: \0",
    "X: a\rb",
    "\xe9: a",
    "Upgrade: websocket\r\nConnection: Upgrade",
    "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk",
    "Expect: 100-continue",
    "Connection: close, close",
    "__proto__: x",
    "Content-Type: application/json",
  ),
  fc.integer({ min: 1, max: 100_000 }).map((length) => `X-Long: ${"x".repeat(length)}`),
  fc
    .integer({ min: 1, max: 5000 })
    .map((count) => Array.from({ length: count }, (_, n) => `X${n}: y`).join("\r\n")),
  junk,
);

/** A framing header with a body that may or may not match it. */
function framedBody(name: string): fc.Arbitrary<{ frame: string; body: string }> {
  const json = JSON.stringify({ name });
  const chunked = `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`;
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({ frame: `Content-Length: ${json.length}`, body: json }) },
    { weight: 2, arbitrary: fc.constant({ frame: "Transfer-Encoding: chunked", body: chunked }) },
    { weight: 6, arbitrary: fc.record({ frame: framing, body: content(json) }) },
  );
}

const content = (json: string) => {
  const size = json.length.toString(16);
  return fc.oneof(
    fc.constantFrom(
      json,
      `${size}\r\n${json}\r\n0\r\n\r\n`,
      `${size};ext="x"\r\n${json}\r\n0\r\nTrailer: x\r\n\r\n`,
      `${size}\n${json}\n0\n\n`,
      `0x${size}\r\n${json}\r\n0\r\n\r\n`,
      `-1\r\n${json}\r\n0\r\n\r\n`,
      `ffffffffffffffffff\r\n${json}`,
      `${size}\r\n${json}0\r\n\r\n`,
      `${size}\r\n${json}\r\n`,
      `zz\r\n${json}\r\n0\r\n\r\n`,
      `${size};${"x".repeat(20_000)}\r\n${json}\r\n0\r\n\r\n`,
      "",
      `${json}GET /oauth/info HTTP/1.1\r\nHost: x\r\n\r\n`,
    ),
    junk,
  );
};

/**
 * Bytes that are nearly an HTTP request, or junk. The caller replaces `<token>`. If the server accepts a request after all, it
 * creates a customizer with this name.
 */
export function malformedRequest(name: string): fc.Arbitrary<Buffer> {
  const request = fc
    .record({
      method,
      target,
      version,
      framed: framedBody(name),
      lines: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(line, { maxLength: 3 })),
      host: fc.oneof(
        { weight: 6, arbitrary: fc.constant("Host: mock\r\n") },
        fc.constantFrom("", "Host: a b\r\n"),
      ),
      eol: fc.oneof({ weight: 30, arbitrary: fc.constant("\r\n") }, fc.constantFrom("\n", "\r", "\n\r", "")),
    })
    .map(({ method: verb, target: path, version: protocol, framed: { frame, body }, lines, host, eol }) => {
      const fields = [frame.replaceAll("<length>", String(body.length)), ...lines].filter(
        (field) => field !== "",
      );
      const head = [
        `${verb} ${path} ${protocol}`,
        `${host}Authorization: Bearer <token>`,
        ...fields,
        "",
        "",
      ].join(eol);
      return head + body;
    });
  const cut = fc.tuple(request, fc.double({ min: 0, max: 1, noNaN: true }));
  return fc
    .oneof(
      { weight: 4, arbitrary: request },
      cut.map(([text, share]) => text.slice(0, text.length * share)),
      fc
        .tuple(request, fc.nat(), junk)
        .map(([text, at, more]) => text.slice(0, at % text.length) + more + text.slice(at % text.length)),
      fc.array(request, { minLength: 2, maxLength: 5 }).map((texts) => texts.join("")),
      junk,
    )
    .map((text) => Buffer.from(text, "latin1"));
}
