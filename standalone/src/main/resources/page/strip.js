// The strip on which a protocol is drawn: its scales, what lies under a point, and the picture.
import { canvas, colour, el } from './plots.js';

const LEFT = 46;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 24;
const HANDLE_PX = 14; // a fingertip finds it, and narrow pulses keep a body to hold
const NEAR_PX = 12;

// 1, 2 or 5 times a power of ten, not above the size.
export function round(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return [5, 2, 1].find(factor => factor * power <= size * 1.000001) * power;
}

export const snap = (value, grain) => Number((Math.round(value / grain) * grain).toPrecision(9));

// Room for the largest pulse, and for one of the opposite sign.
export function scale(pulses, horizonMs, usual) {
  const drawn = pulses.map(pulse => pulse.amplitude).filter(Number.isFinite);
  const high = 1.3 * Math.max(usual, ...drawn);
  const low = Math.min(-0.3 * high, 1.3 * Math.min(0, ...drawn));
  const width = el('strip').parentElement.clientWidth - LEFT - RIGHT;
  const height = Number(el('strip').dataset.height ?? el('strip').getAttribute('height')) - TOP - BOTTOM;
  return {
    high, low, horizonMs,
    grainMs: round(horizonMs / 500),
    grain: round(high / 50),
    x: ms => LEFT + ms / horizonMs * width,
    y: amplitude => TOP + (high - amplitude) / (high - low) * height,
    ms: x => Math.min(horizonMs, Math.max(0, (x - LEFT) / width * horizonMs)),
    amplitude: y => Math.min(high, Math.max(low, high - (y - TOP) / height * (high - low))),
  };
}

function box(pulse, to) {
  const [left, right] = [to.x(pulse.onsetMs), to.x(pulse.onsetMs + pulse.durationMs)];
  return { left, right, zero: to.y(0), peak: to.y(pulse.amplitude) };
}

function handles(pulse, to) {
  const { left, right, zero, peak } = box(pulse, to);
  const outward = peak <= zero ? -1 : 1;
  return [
    ['onset', left - HANDLE_PX, (zero + peak) / 2],
    ['end', right + HANDLE_PX, (zero + peak) / 2],
    ['amplitude', (left + right) / 2, peak + outward * HANDLE_PX * 0.8],
  ];
}

// [what, pulse]: a handle of the chosen pulse, the body of one, or nothing.
export function under(x, y, pulses, chosen, to) {
  const handle = chosen && handles(chosen, to).find(([, hx, hy]) => Math.hypot(x - hx, y - hy) <= NEAR_PX);
  if (handle) return [handle[0], chosen];
  const distance = pulse => {
    const { left, right, zero, peak } = box(pulse, to);
    const beyond = Math.max(left - x, x - right, 0);
    return y >= Math.min(zero, peak) - 4 && y <= Math.max(zero, peak) + 4 ? beyond : Infinity;
  };
  const nearest = pulses.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest && distance(nearest) <= 6 ? ['body', nearest] : [null, null];
}

function axes(context, to, width, height, unit) {
  context.strokeStyle = colour('--line');
  context.fillStyle = colour('--faint');
  context.textAlign = 'center';
  const every = round(to.horizonMs / (width < 600 ? 3 : 7));
  for (let ms = 0; ms <= to.horizonMs; ms += every) {
    context.beginPath();
    context.moveTo(to.x(ms), TOP);
    context.lineTo(to.x(ms), height - BOTTOM);
    context.stroke();
    context.fillText(`${Number(ms.toPrecision(6))}${ms === 0 ? ' ms' : ''}`, to.x(ms), height - 7);
  }
  context.textAlign = 'right';
  const step = round((to.high - to.low) / 3);
  for (let level = Math.ceil(to.low / step) * step; level <= to.high; level += step) {
    context.fillText(String(Number(level.toPrecision(6))), LEFT - 6, to.y(level) + 4);
  }
  context.textAlign = 'left';
  context.fillText(unit, LEFT + 4, TOP + 8);
  context.strokeStyle = colour('--faint');
  context.beginPath();
  context.moveTo(LEFT, to.y(0));
  context.lineTo(width - RIGHT, to.y(0));
  context.stroke();
}

function current(context, sampled, to) {
  context.strokeStyle = colour('--prediction');
  context.lineWidth = 2;
  context.beginPath();
  sampled.values.forEach((value, i) => {
    context.lineTo(to.x(i * sampled.stepMs), to.y(value));
    context.lineTo(to.x((i + 1) * sampled.stepMs), to.y(value));
  });
  context.stroke();
}

function pulseBox(context, pulse, to, marked) {
  const { left, right, zero, peak } = box(pulse, to);
  context.fillStyle = `${colour('--prediction')}${marked ? '90' : '50'}`;
  context.strokeStyle = colour('--prediction');
  context.lineWidth = marked ? 2 : 1;
  const width = Math.max(2, right - left);
  context.fillRect(left, Math.min(zero, peak), width, Math.abs(zero - peak));
  context.strokeRect(left, Math.min(zero, peak), width, Math.abs(zero - peak));
}

export function paint({ pulses, sampled, chosen, unit, to }) {
  const { context, width, height } = canvas('strip');
  axes(context, to, width, height, unit);
  context.save();
  context.beginPath();
  context.rect(LEFT, 0, width - LEFT - RIGHT, height - BOTTOM);
  context.clip();
  if (sampled) current(context, sampled, to);
  pulses.forEach(pulse => pulseBox(context, pulse, to, pulse === chosen));
  context.restore();
  if (!chosen) return;
  context.lineWidth = 2;
  context.strokeStyle = colour('--prediction');
  context.fillStyle = colour('--back');
  for (const [, x, y] of handles(chosen, to)) {
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
