/** A published description of an API, with a call of one of its operations. */
export interface PublishedSpec {
  readonly name: string;
  /** A path in `specs/node_modules`. */
  readonly file: string;
  /** The minimum number of generated methods. */
  readonly least: number;
  /** The types that the caller imports from the output, besides `Methods`. */
  readonly types?: string;
  /** The body of a function that makes the call with the client and returns part of its result. */
  readonly call: string;
  /** The JSON body of the server's response. Without one the server returns a 204. */
  readonly answer?: unknown;
  /** The value that `call` returns. */
  readonly returns?: unknown;
  /** The request that the server receives. */
  readonly sends: { readonly method: string; readonly url: string; readonly body?: unknown };
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON pointers of the diagnostics in the report. */
  readonly diagnostics: readonly (string | RegExp)[];
}

/** The specs differ in the version of OpenAPI, the naming, the parameter styles and the number of files. */
export const publishedSpecs: readonly PublishedSpec[] = [
  {
    name: "GitHub",
    file: "@octokit/openapi/generated/api.github.com.json",
    least: 1000,
    types: "FullRepository",
    call: `const repository: FullRepository = await client.reposGet({ owner: "octocat", repo: "hello world" });
return repository.full_name;`,
    answer: { full_name: "octocat/hello world" },
    returns: "octocat/hello world",
    sends: { method: "GET", url: "/repos/octocat/hello%20world" },
    diagnostics: [
      /^#\/paths\/~1orgs~1\{org\}~1attestations/,
      /^#\/paths\/~1users~1\{username\}~1attestations/,
    ],
  },
  {
    name: "Directus",
    file: "@directus/specs/dist/openapi.json",
    least: 100,
    call: `const { data } = await client.getItems({
  collection: "planets",
  fields: ["name", "*.name"],
  filter: { name: { _eq: "a&b" } },
  limit: 2,
});
return data?.length;`,
    answer: { data: [{}, {}] },
    returns: 2,
    sends: {
      method: "GET",
      url: `/items/planets?limit=2&fields=name,*.name&filter=${encodeURIComponent('{"name":{"_eq":"a&b"}}')}`,
    },
    diagnostics: [/requestBody\/content\/application~1json\/schema$/],
  },
  {
    name: "Blockfrost, without operationIds",
    file: "@blockfrost/openapi/openapi.yaml",
    least: 100,
    types: "block_content_txs",
    call: `const hashes: block_content_txs = await client.getBlocksByHashOrNumberTxs({ hash_or_number: "7", order: "desc" });
return hashes[0];`,
    answer: ["8788591983aa73981fc92d6cddbbe643959f5a784e84b8bee0db15823f575a5b"],
    returns: "8788591983aa73981fc92d6cddbbe643959f5a784e84b8bee0db15823f575a5b",
    sends: { method: "GET", url: "/api/v0/blocks/7/txs?order=desc" },
    diagnostics: [],
  },
  {
    name: "Figma",
    file: "@figma/rest-api-spec/openapi/openapi.yaml",
    least: 40,
    call: `const { name } = await client.getFile({ file_key: "a/b", depth: 2 });
return name;`,
    answer: { name: "Poster" },
    returns: "Poster",
    sends: { method: "GET", url: "/v1/files/a%2Fb?depth=2" },
    diagnostics: [],
  },
  {
    name: "Scalar Galaxy",
    file: "@scalar/galaxy/dist/3.1.yaml",
    least: 10,
    types: "Planet",
    call: `const planet: Planet = await client.createPlanet({ body: { name: "Mars", type: "terrestrial" } });
return planet.id;`,
    answer: { id: 7, name: "Mars", type: "terrestrial" },
    returns: 7,
    sends: { method: "POST", url: "/planets", body: { name: "Mars", type: "terrestrial" } },
    diagnostics: ["#/webhooks"],
  },
  {
    name: "Mojaloop, in several files",
    file: "@mojaloop/api-snippets/fspiop/v2_0/openapi3/openapi.yaml",
    least: 40,
    types: "ErrorInformationObject",
    call: `const body: ErrorInformationObject = { errorInformation: { errorCode: "2001", errorDescription: "No" } };
const nothing: void = await client.ParticipantsByIDAndError({
  ID: "123",
  Date: "Tue, 24 Nov 2026 00:00:00 GMT",
  "FSPIOP-Source": "me",
  body,
});
return nothing;`,
    sends: {
      method: "PUT",
      url: "/switch/participants/123/error",
      body: { errorInformation: { errorCode: "2001", errorDescription: "No" } },
    },
    headers: {
      "fspiop-source": "me",
      "content-type": "application/json",
    },
    diagnostics: ["#/servers/0/variables/protocol", /^#\/(?:get|patch|post|put)\/parameters\/\d+$/],
  },
  {
    name: "Train Travel",
    file: "@readme/oas-examples/3.1/json/train-travel.json",
    least: 7,
    call: `const { data } = await client.getTrips({
  origin: "a",
  destination: "b",
  date: "2026-11-24T00:00:00Z",
  dogs: true,
});
return data?.[0]?.id;`,
    answer: { data: [{ id: "t1" }] },
    returns: "t1",
    sends: { method: "GET", url: "/trips?origin=a&destination=b&date=2026-11-24T00%3A00%3A00Z&dogs=true" },
    headers: { accept: "application/json" },
    diagnostics: ["#/webhooks"],
  },
  {
    name: "parameters in every style",
    file: "@readme/oas-examples/3.1/json/parameters-style.json",
    least: 15,
    call: `await client.paths_matrix_nonExploded({ primitive: "p", array: ["a", "b"], object: { name: "f", description: "g" } });
return undefined;`,
    sends: {
      method: "GET",
      url: "/anything/path/matrix/;primitive=p/;array=a,b/;object=name,f,description,g",
    },
    diagnostics: [/~1cookies#form/, "#/paths/~1anything~1form-data~1spaceDelimited/get/requestBody"],
  },
  {
    name: "discriminators",
    file: "@readme/oas-examples/3.0/json/discriminators.json",
    least: 5,
    types: "Cat, Dog",
    call: `const cat: Cat = { pet_type: "Cat", hunts: true };
// @ts-expect-error A Cat is not a Dog.
const dog: Dog = cat;
await client.patchEmbeddedDiscriminator({ body: cat });
return dog.pet_type;`,
    returns: "Cat",
    sends: {
      method: "PATCH",
      url: "/anything/embedded-discriminator",
      body: { pet_type: "Cat", hunts: true },
    },
    diagnostics: [/discriminator/],
  },
];
