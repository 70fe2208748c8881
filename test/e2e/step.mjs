/** Does one thing that a user would do and says that it went well. */
export async function step(name, work) {
  const started = Date.now();
  const value = await work();
  console.log(`    ✔ ${name} (${Date.now() - started}ms)`);
  return value;
}
