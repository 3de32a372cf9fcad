// One answered protocol: stimulus, trajectory with band, difference, phase plane, biomarkers.
import { row, value } from './api.js';
import { clear, colour, dots, el, hidden, line, node, number, plot, words } from './plots.js';

function stimulus(protocol, times) {
  const sampled = protocol.sampledCurrent;
  if (sampled) return times.map(t => sampled.values[Math.floor(t / sampled.stepMs)] ?? 0);
  return times.map(t => protocol.pulses.reduce(
    (sum, pulse) => (t >= pulse.onsetMs && t < pulse.onsetMs + pulse.durationMs ? sum + pulse.amplitude : sum), 0));
}

// Variables to choose from; the potential, and the next one against it, unless something is chosen.
export function offer(prefix, cell) {
  const select = el(`${prefix}-variable`);
  if (select.dataset.cell === cell.id) return;
  select.dataset.cell = cell.id;
  const options = chosen => cell.variables.map(v => new Option(`${v.name} (${v.unit})`, v.name, v.name === chosen, v.name === chosen));
  const { potential, calcium } = cell.excitability;
  select.replaceChildren(...options(potential));
  el(`${prefix}-other`).replaceChildren(...options(calcium || cell.variables.find(v => v.name !== potential).name));
}

export function draw(prefix, answer) {
  const target = `${prefix}-plots`;
  clear(target);
  const { view, cell, prediction, reference } = answer;
  const grid = (prediction ?? reference)?.grid;
  if (!grid) {
    el(`${prefix}-which`).textContent = `no trajectory: ${view.prediction.detail || 'biomarkers only'}`;
    return;
  }
  const name = el(`${prefix}-variable`).value;
  const unit = cell.variables.find(v => v.name === name).unit;
  const times = Array.from({ length: grid.samples }, (_, i) => i * grid.stepMs);
  const none = times.map(() => null);
  const predicted = row(prediction, name);
  const solved = row(reference, name);
  const radius = prediction && view.prediction.trust?.bandRadii[prediction.grid.variables.indexOf(name)];
  const edge = sign => (predicted && radius ? predicted.map(v => v + sign * radius) : none);
  plot(target, `I (${cell.stimulusUnit})`, 110, [line('--text', 1.2)], [times, stimulus(view.protocol, times)]);
  plot(target, `${name} (${unit})`, 300,
    [hidden, hidden, line('--prediction'), line('--reference', 1.6, [6, 4])],
    [times, edge(1), edge(-1), predicted ?? none, solved ?? none],
    { bands: [{ series: [1, 2], fill: `${colour('--prediction')}40` }] });
  if (predicted && solved) {
    plot(target, `difference (${unit})`, 120, [line('--text', 1.2)], [times, predicted.map((v, i) => v - solved[i])]);
  }
  el(target).append(legend(), halves(prefix, answer, name));
  phasePlane(prefix, answer, name);
  el(`${prefix}-which`).textContent = sentence(view, cell);
}

function legend() {
  const made = node('p', undefined, { class: 'legend' });
  made.append(node('span', 'prediction', { class: 'prediction' }), node('span', '90 % band', { class: 'band' }),
    node('span', 'reference', { class: 'reference' }), node('span', 'time in ms', { class: 'faint' }));
  return made;
}

function sentence(view, cell) {
  const { prediction, reference } = view;
  const parts = [cell.title, prediction.source === 'SURROGATE' ? 'surrogate' : `reference: ${words(prediction.reason)}`];
  if (prediction.source === 'SURROGATE') parts.push(`predicted in ${(prediction.computeMicros / 1000).toFixed(2)} ms`);
  if (reference?.solver) parts.push(`solved in ${(reference.solver.wallMicros / 1000).toFixed(2)} ms`);
  if (prediction.trust) parts.push(`expected error ${(100 * prediction.trust.expectedRelativeL2).toFixed(2)} %, at most ${(100 * prediction.trust.relativeL2Bound).toFixed(2)} %`);
  return parts.join(' · ');
}

function halves(prefix, answer) {
  const made = node('div', undefined, { class: 'halves' });
  const left = node('div');
  left.append(node('h2', 'Phase plane'), node('div', undefined, { id: `${prefix}-phase` }));
  const right = node('div');
  right.append(node('h2', 'Biomarkers of the first beat'), biomarkers(answer));
  made.append(left, right);
  return made;
}

function phasePlane(prefix, { cell, prediction, reference }, name) {
  const target = `${prefix}-phase`;
  clear(target);
  const other = el(`${prefix}-other`).value;
  const unit = variable => cell.variables.find(v => v.name === variable).unit;
  const pairs = half => {
    const [x, y] = [row(half, name), row(half, other)];
    return x && y ? x.map((v, i) => [v, y[i]]) : [];
  };
  // uPlot wants one ascending axis: both halves' points, sorted, each in its own row.
  const points = [...pairs(prediction).map(p => [...p, 0]), ...pairs(reference).map(p => [...p, 1])].sort((a, b) => a[0] - b[0]);
  plot(target, `${other} (${unit(other)})`, 260, [dots('--prediction'), dots('--reference')],
    [points.map(p => p[0]), points.map(p => (p[2] === 0 ? p[1] : null)), points.map(p => (p[2] === 1 ? p[1] : null))]);
  el(target).append(node('p', `against ${name} (${unit(name)})`, { class: 'faint' }));
}

const MARKERS = [
  ['restingPotential', 'resting potential'], ['peakPotential', 'peak potential'],
  ['maxUpstrokeVelocityPerMs', 'upstroke velocity, per ms'], ['apd50FromMaxUpstrokeMs', 'APD50, ms'],
  ['apd90FromMaxUpstrokeMs', 'APD90, ms'], ['peakCalciumMm', 'peak calcium, mM'], ['catd90FromMaxCalciumUpstrokeMs', 'CaTD90, ms'],
];

function biomarkers({ view }) {
  const beat = half => {
    const first = half?.biomarkers?.beats?.[0] ?? {};
    return name => value(first[name]);
  };
  const bySurrogate = view.prediction.source === 'SURROGATE';
  const left = bySurrogate ? beat(view.prediction) : () => undefined;
  const right = view.reference ? beat(view.reference) : bySurrogate ? () => undefined : beat(view.prediction);
  const made = node('table');
  const head = node('tr');
  head.append(...['', 'prediction', 'reference', 'difference'].map(text => node('th', text)));
  made.append(head);
  for (const [name, title] of MARKERS) {
    const [p, r] = [left(name), right(name)];
    if (p == null && r == null) continue;
    const cells = node('tr');
    cells.append(node('td', title), node('td', number(p, 4)), node('td', number(r, 4)),
      node('td', p != null && r != null ? number(p - r, 2) : '–'));
    made.append(cells);
  }
  return made;
}
