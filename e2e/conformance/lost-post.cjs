// Sends a POST on a connection that was used before. The server reads it and closes the connection without an answer. Prints how
// often the server got the POST, and the outcome of the call.
const { createServer } = require("node:net");
const { createClient } = require("@isc-customizers/client");

let posts = 0;
const server = createServer((socket) => {
  let received = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    received += chunk;
    if (/^GET [^]*\r\n\r\n$/.test(received)) {
      received = "";
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]");
    } else if (/^POST [^]*"name"/.test(received)) {
      posts++;
      socket.destroy();
    }
  });
});
async function run() {
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  const client = createClient({ baseUrl, auth: { accessToken: "test-token" } });
  await client.listConnectorCustomizers();
  const outcome = await client.createConnectorCustomizer({ body: { name: "once" } }).then(
    () => "created",
    (error) => error.name,
  );
  console.log(JSON.stringify({ posts, outcome }));
  process.exit(0);
}

server.listen(0, "127.0.0.1", () => void run());
