// What the page asks of its server.
export const session = { token: '', cellModels: [], tested: [], published: {} };

export async function get(path) {
  const answer = await fetch(path);
  return { ok: answer.ok, body: await answer.json() };
}

export async function text(path) {
  return (await fetch(path)).text();
}

export async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { ok: answer.ok, body: await answer.json() };
}

export async function result(commandId) {
  const answer = await fetch(`/commands/${commandId}`, { headers: { Authorization: `Bearer ${session.token}` } });
  return { ok: answer.ok, body: await answer.json() };
}

// Avro writes an optional number as {"double": 1.5}.
export const value = wrapped => (wrapped && typeof wrapped === 'object' ? wrapped.double : wrapped);

// Trajectories travel as float32, shape [variable][sample].
async function trajectory(id, half, grid) {
  if (!grid) return null;
  const answer = await fetch(`/answers/${id}/${half}`);
  return answer.ok ? { grid, values: new Float32Array(await answer.arrayBuffer()) } : null;
}

// A protocol with both answers; null while there is no prediction.
export async function answered(id) {
  const { ok, body: view } = await get(`/answers/${id}`);
  if (!ok || !view.prediction) return null;
  const cell = session.cellModels.find(known => known.id === view.protocol.cellModel);
  const [first, second] = await Promise.all([
    trajectory(id, 'prediction', view.prediction.grid),
    trajectory(id, 'reference', view.reference?.grid),
  ]);
  const bySurrogate = view.prediction.source === 'SURROGATE';
  return { id, view, cell, prediction: bySurrogate ? first : null, reference: second ?? (bySurrogate ? null : first) };
}

export function row(trajectory, name) {
  if (!trajectory) return null;
  const at = trajectory.grid.variables.indexOf(name);
  const samples = trajectory.grid.samples;
  return at < 0 ? null : Array.from(trajectory.values.subarray(at * samples, (at + 1) * samples));
}
