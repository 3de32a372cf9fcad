// Where the errors are: amplitude and duration of the currents, and the threshold of excitation.
import { canvas, colour, el, frame } from './plots.js';

// As the features of the currents are: linear below a tenth, logarithmic above.
const linear = feature => Math.sign(feature) * 0.1 * Math.expm1(Math.abs(feature));
const BINS = 8;

// Blue is a small error, red a large one; filled where there was an action potential. Between both lies the threshold.
export function errorMap(audits) {
  const { context, width, height } = canvas('error-map');
  const [left, bottom] = [44, 34];
  frame(context, width, height, left, bottom);
  const points = audits.filter(audit => linear(audit.inputs.PEAK_CURRENT ?? 0) !== 0).map(audit => {
    const amplitude = linear(audit.inputs.PEAK_CURRENT);
    return { ...audit, amplitude: Math.log10(Math.abs(amplitude)), duration: Math.log10(Math.max(0.1, Math.abs(linear(audit.inputs.CHARGE) / amplitude))) };
  });
  if (!points.length) {
    context.fillText('no audited prediction since this server began', left + 12, 30);
    return;
  }
  const axis = (values, from, to) => {
    const [low, high] = [Math.min(...values), Math.max(...values) + 1e-9];
    return { low, high, at: value => from + (value - low) / (high - low) * (to - from) };
  };
  const across = axis(points.map(point => point.amplitude), left + 8, width - 16);
  const up = axis(points.map(point => point.duration), height - bottom - 8, 16);
  for (const point of points) {
    const badness = Math.min(1, Math.max(0, (Math.log10(point.relativeL2 + 1e-6) + 3) / 3));
    context.fillStyle = context.strokeStyle = `hsl(${220 - 190 * badness} 85% ${35 + 20 * badness}%)`;
    context.beginPath();
    context.arc(across.at(point.amplitude), up.at(point.duration), 3.2, 0, 2 * Math.PI);
    if (point.captured) context.fill(); else context.stroke();
  }
  threshold(context, points, across, up);
  context.fillStyle = colour('--faint');
  for (let power = Math.ceil(across.low); power <= across.high; power++) context.fillText(`${10 ** power}`, across.at(power) - 4, height - 20);
  for (let power = Math.ceil(up.low); power <= up.high; power++) context.fillText(`${10 ** power}`, left - 26, up.at(power) + 4);
  context.fillText('strongest current', left + 4, height - 4);
  context.save();
  context.translate(12, height - bottom);
  context.rotate(-Math.PI / 2);
  context.fillText('duration (ms)', 0, 0);
  context.restore();
  el('error-map-key').textContent = `${points.length} audits with a current, in the cell model's unit; pulses of one protocol added; blue 0.1 %, red 100 % and more; ` +
    'filled: an action potential; dashed: half way from the strongest without one to the weakest with one, by duration';
}

function threshold(context, points, across, up) {
  context.strokeStyle = colour('--mark');
  context.setLineDash([5, 4]);
  context.beginPath();
  for (let bin = 0; bin < BINS; bin++) {
    const [from, to] = [bin, bin + 1].map(edge => up.low + (up.high - up.low) * edge / BINS);
    const inside = points.filter(point => point.duration >= from && point.duration < to);
    const without = inside.filter(point => !point.captured).map(point => point.amplitude);
    const fired = inside.filter(point => point.captured).map(point => point.amplitude);
    if (!without.length || !fired.length) continue;
    context.lineTo(across.at((Math.max(...without) + Math.min(...fired)) / 2), up.at((from + to) / 2));
  }
  context.stroke();
  context.setLineDash([]);
}
