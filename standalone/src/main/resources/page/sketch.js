// A protocol drawn by hand: pulses on a strip, by pointer or keys, in step with the numbers beside it and the JSON.
import * as numbers from './numbers.js';
import { el } from './plots.js';
import { paint, scale, snap, under } from './strip.js';

const CLICK_PX = 4;
let protocol = null;
let cell = null;
let usual = 1;
let chosen = null;
let drag = null;
let changed = () => {};

const horizonMs = () => (protocol.horizonMs > 0 ? protocol.horizonMs : cell.horizonMs);
const pulses = () => protocol.pulses ?? [];
const scales = () => scale([...pulses(), ...(protocol.sampledCurrent?.values ?? []).map(amplitude => ({ amplitude }))], horizonMs(), usual);

// The protocol that is now written; null where it cannot be read.
export function show(written, itsCell, usualAmplitude) {
  const at = protocol ? pulses().indexOf(chosen) : -1;
  protocol = written;
  cell = itsCell;
  usual = usualAmplitude;
  chosen = (protocol && pulses()[at]) ?? null;
  redraw();
}

export function redraw() {
  el('sketch').classList.toggle('unread', !protocol);
  if (!protocol || !el('strip').parentElement.clientWidth) return;
  paint({ pulses: pulses(), sampled: protocol.sampledCurrent, chosen, unit: cell.stimulusUnit, to: drag?.to ?? scales() });
  numbers.show(pulses(), chosen, cell.stimulusUnit, { edit, settle, choose: i => choose(pulses()[i]), remove: i => remove(pulses()[i]) });
  if (document.activeElement !== el('horizon')) el('horizon').value = horizonMs();
  el('erase').disabled = !chosen;
  const at = pulses().indexOf(chosen) + 1;
  el('chosen').textContent = at ? `pulse ${at} of ${pulses().length}: onset ${chosen.onsetMs} ms, duration ${chosen.durationMs} ms, amplitude ${chosen.amplitude} ${cell.stimulusUnit}`
    : protocol.sampledCurrent ? 'a sampled current; a pulse drawn here takes its place' : `${pulses().length} pulses`;
}

function choose(pulse) {
  chosen = pulse ?? null;
  redraw();
}

// Pulses travel in the order of their onsets.
function settle() {
  protocol.pulses = pulses().toSorted((a, b) => a.onsetMs - b.onsetMs);
  changed(protocol);
  redraw();
}

function edit(i, field, value) {
  chosen = pulses()[i];
  chosen[field] = value;
  changed(protocol);
  redraw();
}

function remove(pulse) {
  const at = pulses().indexOf(pulse);
  if (at < 0) return;
  protocol.pulses.splice(at, 1);
  chosen = pulses()[Math.min(at, pulses().length - 1)] ?? null;
  settle();
}

function add(pulse) {
  delete protocol.sampledCurrent;
  protocol.pulses = [...pulses(), pulse];
  chosen = pulse;
  settle();
}

// Into the first gap after the chosen pulse that is wide enough; else at the end.
function addByKey() {
  const { grainMs } = scales();
  const durationMs = chosen?.durationMs || 2;
  const end = pulse => pulse.onsetMs + pulse.durationMs;
  const free = at => at + durationMs <= horizonMs() && pulses().every(pulse => at >= end(pulse) || at + durationMs <= pulse.onsetMs);
  const step = Math.max(grainMs, horizonMs() / 20);
  const tries = Array.from({ length: 20 }, (_, i) => snap((chosen ? end(chosen) : 0) + (i + 1) * step, grainMs));
  add({ onsetMs: tries.find(free) ?? snap(Math.max(0, ...pulses().map(end)), grainMs), durationMs, amplitude: chosen?.amplitude ?? usual });
}

const place = event => {
  const { left, top } = el('strip').getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
};

function down(event) {
  if (!protocol || event.button !== 0) return;
  const to = scales();
  const [x, y] = place(event);
  const [what, pulse] = under(x, y, pulses(), chosen, to);
  el('strip').setPointerCapture(event.pointerId);
  drag = { what: what ?? 'new', to, x, y, before: pulse && { ...pulse } };
  choose(pulse);
}

function move(event) {
  if (!protocol) return;
  const [x, y] = place(event);
  if (!drag) {
    el('strip').dataset.over = under(x, y, pulses(), chosen, scales())[0] ?? '';
    return;
  }
  const { what, to, before } = drag;
  if (what === 'new') {
    if (Math.abs(x - drag.x) < CLICK_PX) return;
    drag.what = 'drawn';
    add({ onsetMs: 0, durationMs: 0, amplitude: 0 });
  }
  const ms = at => snap(to.ms(at), to.grainMs);
  const endMs = before && before.onsetMs + before.durationMs;
  if (drag.what === 'drawn') {
    const [from, until] = [ms(Math.min(x, drag.x)), ms(Math.max(x, drag.x))];
    Object.assign(chosen, span(from, until, to), { amplitude: snap(to.amplitude(y), to.grain) });
  } else if (what === 'body') {
    const shifted = before.onsetMs + to.ms(x) - to.ms(drag.x);
    chosen.onsetMs = snap(Math.min(horizonMs() - before.durationMs, Math.max(0, shifted)), to.grainMs);
  } else if (what === 'onset') {
    Object.assign(chosen, span(Math.min(ms(x), endMs - to.grainMs), endMs, to));
  } else if (what === 'end') {
    Object.assign(chosen, span(before.onsetMs, Math.max(ms(x), before.onsetMs + to.grainMs), to));
  } else {
    chosen.amplitude = snap(to.amplitude(y), to.grain);
  }
  changed(protocol);
  redraw();
}

const span = (from, until, { grainMs }) => ({
  onsetMs: Number(Math.max(0, from).toPrecision(9)), durationMs: Number(Math.max(grainMs, until - from).toPrecision(9)),
});

function up() {
  if (!drag) return;
  drag = null;
  settle();
}

function shift(field, by, least) {
  const grain = field === 'amplitude' ? scales().grain : scales().grainMs;
  chosen[field] = Math.max(least, snap(chosen[field] + by * grain, grain));
  settle();
}

function key(event) {
  if (!protocol || event.ctrlKey || event.metaKey || event.altKey) return;
  const times = event.shiftKey ? 10 : 1;
  const next = step => choose(pulses()[(pulses().indexOf(chosen) + step + pulses().length) % pulses().length]);
  const onChosen = {
    ArrowLeft: () => shift('onsetMs', -times, 0),
    ArrowRight: () => shift('onsetMs', times, 0),
    ArrowUp: () => shift('amplitude', times, -Infinity),
    ArrowDown: () => shift('amplitude', -times, -Infinity),
    '+': () => shift('durationMs', 1, 0),
    '-': () => shift('durationMs', -1, scales().grainMs),
    Delete: () => remove(chosen),
    Backspace: () => remove(chosen),
    Escape: () => choose(null),
  };
  const always = { n: addByKey, PageDown: () => next(1), PageUp: () => next(-1), ArrowRight: () => next(1), ArrowLeft: () => next(chosen ? -1 : 0) };
  const act = (chosen && onChosen[event.key]) ?? always[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

// Whoever writes the JSON is told of each change.
export function begin(told) {
  changed = told;
  const strip = el('strip');
  strip.addEventListener('pointerdown', down);
  strip.addEventListener('pointermove', move);
  strip.addEventListener('pointerup', up);
  strip.addEventListener('pointercancel', up);
  strip.addEventListener('keydown', key);
  el('add').addEventListener('click', () => { if (protocol) addByKey(); });
  el('erase').addEventListener('click', () => remove(chosen));
  el('horizon').addEventListener('change', () => {
    if (el('horizon').value) protocol.horizonMs = Number(el('horizon').value);
    else delete protocol.horizonMs;
    settle();
  });
}
