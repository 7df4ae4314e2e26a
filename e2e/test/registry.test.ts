import { readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithProgram } from "../../packages/mock-tenant/test/system/system-program.ts";
import { output } from "./support/command.ts";
import { startRegistry } from "./support/registry.ts";
import { temporaryFolder, type TemporaryFolder } from "./support/temporary-folder.ts";

// The registry must reach its upstream as npm does, even when only an npmrc has the settings.

/** Answers every request with the document of a package. */
const packages: RequestListener = ({ url = "" }, response) => {
  const name = url.split("/").at(-1) ?? "";
  const version = { name, version: "1.0.0", dist: { tarball: `http://127.0.0.1/${name}.tgz`, shasum: "0" } };
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ name, "dist-tags": { latest: "1.0.0" }, versions: { "1.0.0": version } }));
};

async function listen(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: async () => void server.close() };
}

/** The environment in which an npmrc with these lines is npm's only source of settings. */
async function npmrcAlone(folder: TemporaryFolder, ...lines: readonly string[]) {
  const npmrc = join(folder.path, "npmrc");
  await writeFile(npmrc, `${lines.join("\n")}\n`);
  const unset = [
    "npm_config_registry",
    "npm_config_cafile",
    "npm_config_ca",
    "npm_config_proxy",
    "npm_config_https_proxy",
    "npm_config_noproxy",
    "http_proxy",
    "https_proxy",
    "proxy",
    "no_proxy",
  ];
  // npm ignores an empty variable.
  const empty = Object.fromEntries(
    unset.flatMap((name) => [name, name.toUpperCase()].map((key) => [key, ""])),
  );
  return { ...empty, NPM_CONFIG_USERCONFIG: npmrc, npm_config_userconfig: npmrc };
}

describeWithProgram(["openssl"], (openssl) => {
  /** Makes a certificate for 127.0.0.1 that no system trusts. */
  async function createCertificate(folder: TemporaryFolder) {
    const [key, cert] = [join(folder.path, "key.pem"), join(folder.path, "cert.pem")];
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const files = ["-keyout", key, "-out", cert];
    await output(
      openssl,
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files],
      {
        cwd: folder.path,
      },
    );
    return { file: cert, key: await readFile(key), cert: await readFile(cert) };
  }

  test("fetches from a registry whose certificate only the cafile of an npmrc trusts", async () => {
    await using folder = await temporaryFolder();
    const certificate = await createCertificate(folder);
    await using upstream = await listen(createTlsServer(certificate, packages));
    const address = `registry=https://127.0.0.1:${upstream.port}/`;

    await using registry = await startRegistry(
      await npmrcAlone(folder, address, `cafile=${certificate.file}`),
    );
    expect(await registry.look("left")).toMatchObject({ "dist-tags": { latest: "1.0.0" } });

    await using stranger = await startRegistry(await npmrcAlone(folder, address));
    expect((await fetch(`${stranger.url}/left`)).status).not.toBe(200);
  });

  test("fetches over TLS through a proxy that only an npmrc names", async () => {
    await using folder = await temporaryFolder();
    const certificate = await createCertificate(folder);
    await using upstream = await listen(createTlsServer(certificate, packages));
    const targets: string[] = [];
    const proxy = createServer().on("connect", ({ url = "" }, socket) => {
      targets.push(url);
      const tunnel = connect(upstream.port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        tunnel.pipe(socket).pipe(tunnel);
      });
    });
    await using listening = await listen(proxy);

    const settings = [
      `registry=https://127.0.0.1:${upstream.port}/`,
      `cafile=${certificate.file}`,
      `https-proxy=http://127.0.0.1:${listening.port}/`,
    ];
    await using registry = await startRegistry(await npmrcAlone(folder, ...settings));
    expect(await registry.look("right")).toMatchObject({ "dist-tags": { latest: "1.0.0" } });
    expect(targets).toEqual([`127.0.0.1:${upstream.port}`]);

    await using direct = await startRegistry(await npmrcAlone(folder, ...settings, "noproxy=127.0.0.1"));
    expect(await direct.look("right")).toMatchObject({ "dist-tags": { latest: "1.0.0" } });
    expect(targets).toHaveLength(1);
  });
});

test("fetches over HTTP through a proxy that only an npmrc names, from a host that only the proxy knows", async () => {
  await using folder = await temporaryFolder();
  const targets: (string | undefined)[] = [];
  await using proxy = await listen(
    createServer((request, response) => {
      targets.push(request.url);
      packages(request, response);
    }),
  );
  const settings = ["registry=http://packages.invalid/", `proxy=http://127.0.0.1:${proxy.port}/`];
  await using registry = await startRegistry(await npmrcAlone(folder, ...settings));
  expect(await registry.look("middle")).toMatchObject({ "dist-tags": { latest: "1.0.0" } });
  expect(targets).toEqual(["http://packages.invalid/middle"]);
});
