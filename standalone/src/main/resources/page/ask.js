// A protocol of one's own: written, sent, shared, taken away.
import { answered, post, row, session } from './api.js';
import { draw, offer } from './live.js';
import { el } from './plots.js';
import * as sketch from './sketch.js';

const LONGEST_WAIT_MS = 30000;
let answer = null;

const AMPLITUDE = { 'fitzhugh-nagumo-1961': 1, 'hodgkin-huxley-1952': 20, 'ohara-rudy-2011': 20, 'beeler-reuter-1977': 25 };

// Times as shares of the cell model's horizon.
function templates(cell) {
  const amplitude = AMPLITUDE[cell.id] ?? 1;
  const at = share => Number((share * cell.horizonMs).toPrecision(3));
  const durationMs = 2;
  const pulse = (onsetMs, factor = 1) => ({ onsetMs, durationMs, amplitude: amplitude * factor });
  const ramp = Array.from({ length: 40 }, (_, i) => Number((amplitude * i / 40).toPrecision(3)));
  return {
    'one pulse': { pulses: [pulse(at(0.05))] },
    'pulse train': { pulses: [0.05, 0.35, 0.65].map(share => pulse(at(share))) },
    'S1-S2': { pulses: [pulse(at(0.05)), pulse(at(0.4)), pulse(at(0.62), 1.2)] },
    'below the threshold': { pulses: [pulse(at(0.05), 0.1)] },
    ramp: { sampledCurrent: { stepMs: at(0.01), values: ramp } },
  };
}

export function begin(cell) {
  const template = el('template');
  const offered = templates(cell);
  template.replaceChildren(...Object.keys(offered).map(name => new Option(name, name)));
  template.onchange = () => {
    write({ cellModel: cell.id, ...offered[template.value] });
    read();
  };
  template.onchange();
}

function write(protocol) {
  el('protocol').value = JSON.stringify(protocol, null, 1).replace(/\n\s+(?=["\d\]}-])/g, ' ').replace(/ \{/g, '\n  {');
}

// What is written, as a drawing; a cell model that the page does not know cannot be drawn, but may be sent.
export function read() {
  let written = null;
  try {
    written = JSON.parse(el('protocol').value);
    el('unread').textContent = '';
  } catch (e) {
    el('unread').textContent = `cannot be drawn: ${e.message}`;
  }
  const cell = session.cellModels.find(known => known.id === written?.cellModel);
  const drawn = cell && isDrawable(written);
  if (written && !drawn) el('unread').textContent = cell ? 'cannot be drawn: no pulses with numbers' : `cannot be drawn: no cell model ${written.cellModel ?? 'given'}`;
  sketch.show(drawn ? written : null, cell, AMPLITUDE[cell?.id] ?? 1);
}

function isDrawable({ pulses = [], sampledCurrent }) {
  const fields = pulse => [pulse?.onsetMs, pulse?.durationMs, pulse?.amplitude];
  return Array.isArray(pulses) && pulses.flatMap(fields).every(Number.isFinite)
    && (!sampledCurrent || (sampledCurrent.stepMs > 0 && Array.isArray(sampledCurrent.values)));
}

sketch.begin(write);

export function fromLink() {
  const shared = location.hash.match(/^#try=(.+)$/);
  if (!shared) return false;
  el('protocol').value = decodeURIComponent(shared[1]);
  read();
  return true;
}

export async function send() {
  const { ok, body } = await post('/protocols', el('protocol').value);
  el('sent').textContent = ok ? `sent as ${body.id}, waiting for both answers …` : body.error;
  const until = Date.now() + LONGEST_WAIT_MS;
  while (ok && Date.now() < until) {
    const found = await answered(body.id).catch(() => null);
    if (found?.reference) {
      answer = found;
      el('sent').textContent = `answered: ${body.id}`;
      el('csv').disabled = el('json').disabled = false;
      redraw();
      return;
    }
    await new Promise(done => setTimeout(done, 300));
  }
  if (ok) el('sent').textContent = 'no answer within 30 s; is the surrogate running?';
}

export function redraw() {
  sketch.redraw();
  if (!answer) return;
  offer('ask', answer.cell);
  draw('ask', answer);
}

export async function share() {
  const link = `${location.origin}/#try=${encodeURIComponent(el('protocol').value)}`;
  location.hash = `try=${encodeURIComponent(el('protocol').value)}`;
  try {
    await navigator.clipboard.writeText(link);
    el('sent').textContent = 'link copied';
  } catch {
    el('sent').textContent = 'the link is in the address bar';
  }
}

function download(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function csv() {
  const { grid } = answer.reference;
  const columns = [];
  for (const [half, title] of [[answer.prediction, 'predicted'], [answer.reference, 'reference']]) {
    if (half) grid.variables.forEach(name => columns.push([`${name}_${title}`, row(half, name)]));
  }
  const lines = [['time_ms', ...columns.map(column => column[0])].join(',')];
  for (let i = 0; i < grid.samples; i++) lines.push([i * grid.stepMs, ...columns.map(column => column[1][i])].join(','));
  download(`${answer.id}.csv`, 'text/csv', `${lines.join('\n')}\n`);
}

export function json() {
  const half = trajectory => trajectory && Object.fromEntries(trajectory.grid.variables.map(name => [name, row(trajectory, name)]));
  const whole = { ...answer.view, predictedTrajectory: half(answer.prediction), referenceTrajectory: half(answer.reference) };
  download(`${answer.id}.json`, 'application/json', JSON.stringify(whole));
}
