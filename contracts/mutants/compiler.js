// A compiler that stays loaded and answers on a socket until its parent ends. Started anew for each question it
// would take five times as long, most of it to load.
"use strict";
const answer = require("../tools/solc");

const server = require("net").createServer({ allowHalfOpen: true }, (socket) => {
  const chunks = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => {}); // who asked has gone; its forge tells why
  socket.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    const line = text.indexOf("\n");
    socket.end(answer(text.slice(0, line).split(" "), () => text.slice(line + 1)) ?? "");
  });
});
server.listen(process.argv[2], () => process.send("ready"));
process.on("disconnect", () => process.exit());
