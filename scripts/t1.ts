const { layersOf } = await import("./test/harness.ts");
for (const i of process.argv.slice(2)) try { await layersOf(`/tmp/w/h3-fuzz/${i}.json`); } catch (e) { console.log(i, e.stack.split("\n").slice(0,12).join("\n").slice(0,1500)); }
