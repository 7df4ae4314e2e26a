// An admin page with React and TanStack Query: lists and renames customizers, and uploads a zip with its progress.
import { type Client, IscError } from "@isc-customizers/client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

type Customizer = Awaited<ReturnType<Client["getConnectorCustomizer"]>>;

export function App({ client }: { readonly client: Client }) {
  const { data, error } = useQuery({
    queryKey: ["customizers"],
    queryFn: ({ signal }) => client.listConnectorCustomizers({}, { signal }).all(),
    // The client retries by itself, and knows which requests may be repeated.
    retry: false,
  });
  if (data === undefined) return error ? <p role="alert">{messageOf(error)}</p> : <p>Loading…</p>;
  return (
    <table>
      <tbody>
        {data.map((customizer) => (
          <Row key={customizer.id} client={client} customizer={customizer} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ client, customizer }: { readonly client: Client; readonly customizer: Customizer }) {
  const { id, name = "", imageVersion } = customizer;
  const [newName, setNewName] = useState(name);
  const [percent, setPercent] = useState(0);
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["customizers"] });
  const rename = useMutation({
    mutationFn: (to: string) => client.putConnectorCustomizer({ id, body: { name: to } }),
    onSuccess,
  });
  const upload = useMutation({
    onMutate: () => setPercent(0),
    mutationFn: (body: File) =>
      client.createConnectorCustomizerVersion(
        { id, body },
        { onUploadProgress: ({ sent, total = sent }) => setPercent(Math.round((100 * sent) / (total || 1))) },
      ),
    onSuccess,
  });
  const error = rename.error ?? upload.error;

  function choose(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file) upload.mutate(file);
    // Otherwise the browser reports no change when the same file is chosen again.
    input.value = "";
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    rename.mutate(newName);
  }

  return (
    <tr>
      <td>
        <form onSubmit={submit}>
          <input
            aria-label={`Name of ${name}`}
            value={newName}
            onChange={({ target }) => setNewName(target.value)}
            required
          />
          <button disabled={rename.isPending}>Rename</button>
        </form>
      </td>
      <td>version {imageVersion ?? "none"}</td>
      <td>
        <input
          type="file"
          accept=".zip"
          aria-label={`Zip of ${name}`}
          disabled={upload.isPending}
          onChange={({ target }) => choose(target)}
        />
        {upload.isPending && <progress max={100} value={percent} aria-label={`Upload of ${name}`} />}
        {error && <p role="alert">{messageOf(error)}</p>}
      </td>
    </tr>
  );
}

function messageOf(error: Error): string {
  return error instanceof IscError ? error.message : "Something went wrong.";
}
