const el = id => document.getElementById(id);
const json = async (path, options) => { const answer = await fetch(path, options); return { ok: answer.ok, body: await answer.json() }; };
const session = { token: '', cellModels: [] };
let following = true, shown = '', answer = null, plots = [];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const floats = async (id, half, grid) => grid && new Float32Array(await (await fetch(`/answers/${id}/${half}`)).arrayBuffer());
const row = (values, grid, name) => { const at = grid ? grid.variables.indexOf(name) : -1;
  return at < 0 ? null : Array.from(values.subarray(at * grid.samples, (at + 1) * grid.samples)); };

function plot(target, title, height, series, data, bands) {
  const axis = { stroke: colour('--faint'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
  plots.push(new uPlot({ width: el(target).clientWidth, height, bands, legend: { show: false }, cursor: { sync: { key: 'time' } },
    scales: { x: { time: false } }, series: [{}, ...series],
    axes: [{ ...axis, size: 34 }, { ...axis, size: 64, label: title, labelSize: 18 }] }, data, el(target)));
}

function stimulus(protocol, times) {
  if (protocol.sampledCurrent) { const c = protocol.sampledCurrent; return times.map(t => c.values[Math.floor(t / c.stepMs)] ?? 0); }
  return times.map(t => protocol.pulses.reduce((sum, p) => t >= p.onsetMs && t < p.onsetMs + p.durationMs ? sum + p.amplitude : sum, 0));
}

function draw() {
  plots.forEach(old => old.destroy()); plots = [];
  const { view, cell, predicted, solved } = answer, grid = view.prediction?.grid ?? view.reference?.grid;
  if (!grid) { el('which').textContent = `no trajectory: ${view.prediction?.detail ?? ''}`; return; }
  const name = el('variable').value, unit = cell.variables.find(v => v.name === name).unit;
  const times = Array.from({ length: grid.samples }, (_, i) => i * grid.stepMs);
  const bySurrogate = view.prediction?.source === 'SURROGATE';
  const prediction = bySurrogate ? row(predicted, view.prediction.grid, name) : null;
  const reference = solved ? row(solved, view.reference.grid, name) : bySurrogate ? null : row(predicted, view.prediction.grid, name);
  const none = times.map(() => null), radius = bySurrogate ? view.prediction.trust?.bandRadii[view.prediction.grid.variables.indexOf(name)] : undefined;
  const edge = sign => prediction && radius !== undefined ? prediction.map(v => v + sign * radius) : none;
  plot('current', `I (${cell.stimulusUnit})`, 110, [{ stroke: colour('--text'), width: 1.2 }], [times, stimulus(view.protocol, times)]);
  plot('trace', `${name} (${unit})`, 300, [{ width: 0 }, { width: 0 }, { stroke: colour('--prediction'), width: 2 }, { stroke: colour('--reference'), width: 1.6, dash: [6, 4] }],
    [times, edge(1), edge(-1), prediction ?? none, reference ?? none], [{ series: [1, 2], fill: colour('--prediction') + '40' }]);
  plot('difference', `difference (${unit})`, 120, [{ stroke: colour('--text'), width: 1.2 }],
    [times, prediction && reference ? prediction.map((v, i) => v - reference[i]) : none]);
  el('which').textContent = `time in ms · ${cell.title} · ${view.prediction?.source ?? 'reference only'}, ${view.prediction?.reason ?? ''} · ` +
    `predicted in ${(view.prediction?.computeMicros / 1000).toFixed(2)} ms` + (view.reference ? ` · solved in ${(view.reference.solver.wallMicros / 1000).toFixed(2)} ms` : '');
}

async function show(id) {
  const { ok, body: view } = await json(`/answers/${id}`);
  if (!ok || !view.prediction) return false;
  const cell = session.cellModels.find(c => c.id === view.protocol.cellModel);
  const half = (name, grid) => grid ? floats(id, name, grid) : null;
  const [predicted, solved] = await Promise.all([half('prediction', view.prediction.grid), half('reference', view.reference?.grid)]);
  if (answer?.cell.id !== cell.id) el('variable').replaceChildren(...cell.variables.map(v => new Option(`${v.name} (${v.unit})`, v.name, v.name === 'V', v.name === 'V')));
  answer = { view, cell, predicted, solved }; shown = id; draw();
  return view;
}

const setFollowing = on => { following = on; el('follow').setAttribute('aria-pressed', on); el('follow').textContent = on ? 'Pause' : 'Follow stream'; };

async function send() {
  setFollowing(false);
  const { ok, body } = await json('/protocols', { method: 'POST', headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' }, body: el('protocol').value });
  el('sent').textContent = ok ? `sent as ${body.id}, waiting for both answers …` : body.error;
  for (let tries = 0; ok && tries < 60; tries++) {
    const { ok: there, body: view } = await json(`/answers/${body.id}`).catch(() => ({}));
    if (there && view.prediction && view.reference) { await show(body.id); el('sent').textContent = `answered: ${body.id}`; return; }
    await new Promise(done => setTimeout(done, 500));
  }
  if (ok) el('sent').textContent = 'no answer within 30 s; is the surrogate running?';
}

async function tick() {
  try {
    const { body: status } = await json('/status.json');
    el('state').textContent = `${status.champion || 'no model yet'} · ${status.counts.published} published · ${status.counts.predicted} predicted · ` +
      `${status.counts.solved} left to the reference · ${status.counts.audited} audited · latency median ${status.counts.latencyMsMedian || '–'} ms · ` +
      `${status.counts.deadLetters} dead letters` + (status.drift ? ` · ${status.drift.state}` : '') + (status.training ? ` · training: ${status.training.phase}` : '');
    el('events').replaceChildren(...status.events.slice(-12).reverse().map(e => Object.assign(document.createElement('li'), { textContent: `${e.kind}: ${e.text}` })));
    if (!session.cellModels.length) { const { ok, body } = await json('/session').catch(() => ({})); if (ok) { Object.assign(session, body); } }
    if (session.cellModels.length && following) {
      const { body: lines } = await json('/answers');
      const next = lines.filter(l => l.audited).at(-1) ?? lines.at(-1);
      if (next && next.id !== shown) await show(next.id);
    }
  } catch (lost) { el('state').textContent = `no answer from the simulator: ${lost.message}`; }
  setTimeout(tick, 1000);
}

el('variable').addEventListener('change', () => answer && draw());
el('follow').addEventListener('click', () => setFollowing(!following));
el('send').addEventListener('click', send);
addEventListener('resize', () => answer && draw());
el('protocol').value = '{"cellModel": "fitzhugh-nagumo-1961",\n "pulses": [{"onsetMs": 5, "durationMs": 1, "amplitude": 1}]}';
setFollowing(true);
tick();
