import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { createServer, getCACertificates, setDefaultCACertificates } from "node:tls";
import { temporaryFolder } from "../support/folders.ts";

export interface TlsServer extends AsyncDisposable {
  readonly url: string;
  /** The host and port of `url`. */
  readonly authority: string;
  /** The certificate that it signed itself, in PEM. */
  readonly ca: string;
}

/**
 * Starts a TLS server that forwards to a server on loopback.
 * @param trusted makes Node trust its certificate for `host` until it is disposed
 */
export async function startTls(target: string, host: string, trusted = true): Promise<TlsServer> {
  await using folder = await temporaryFolder();
  const certificate = selfSigned(host, folder.path);
  const defaults = getCACertificates("default");
  if (trusted) setDefaultCACertificates([...defaults, certificate.cert]);
  const sockets = new Set<{ destroy: () => void }>();
  const server = createServer(certificate, (socket) => {
    const upstream = connect(Number(new URL(target).port), "127.0.0.1");
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) sockets.add(end.on("error", () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const authority = `${host}:${(server.address() as AddressInfo).port}`;
  return {
    url: `https://${authority}`,
    authority,
    ca: certificate.cert,
    async [Symbol.asyncDispose]() {
      setDefaultCACertificates(defaults);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Creates a self-signed certificate with `openssl`, because Node cannot create one. */
function selfSigned(host: string, folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", cert], {
    stdio: "pipe",
  });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}
