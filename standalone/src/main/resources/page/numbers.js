// The pulses of the strip as numbers, one row each.
import { el, node } from './plots.js';

const MOST_ROWS = 40;
const FIELDS = [['onsetMs', 'Onset', 'ms'], ['durationMs', 'Duration', 'ms'], ['amplitude', 'Amplitude', '']];
let rows = [];

function fill(pulses, chosen) {
  rows.forEach((row, i) => {
    row.classList.toggle('chosen', pulses[i] === chosen);
    row.querySelectorAll('input').forEach((input, at) => {
      const value = pulses[i][FIELDS[at][0]];
      if (Number(input.value) !== value || input.value === '') input.value = value;
    });
  });
}

function made(i, { edit, settle, choose, remove }) {
  const row = node('tr');
  row.append(node('td', String(i + 1)));
  for (const [field, title] of FIELDS) {
    const input = node('input', undefined, { type: 'number', step: 'any', 'aria-label': `${title} of pulse ${i + 1}` });
    input.addEventListener('input', () => { if (input.value !== '') edit(i, field, Number(input.value)); });
    input.addEventListener('change', settle);
    input.addEventListener('focus', () => choose(i));
    const place = node('td');
    place.append(input);
    row.append(place);
  }
  const button = node('button', 'Delete', { 'aria-label': `Delete pulse ${i + 1}` });
  button.addEventListener('click', () => remove(i));
  const last = node('td');
  last.append(button);
  row.append(last);
  return row;
}

export function show(pulses, chosen, unit, actions) {
  const shown = pulses.slice(0, MOST_ROWS);
  if (shown.length !== rows.length || !el('numbers').hasChildNodes()) {
    rows = shown.map((_, i) => made(i, actions));
    const head = node('tr');
    head.append(node('th', '#'), ...FIELDS.map(([, title, of]) => node('th', `${title}, ${of || unit}`)), node('th', ''));
    el('numbers').replaceChildren(head, ...rows);
  }
  el('numbers').rows[0].cells[3].textContent = `${FIELDS[2][1]}, ${unit}`;
  el('numbers').hidden = !shown.length;
  el('numbers-more').textContent = pulses.length > shown.length ? `and ${pulses.length - shown.length} more, in the JSON` : '';
  fill(shown, chosen);
}
