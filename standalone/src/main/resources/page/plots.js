// Figures: one look for all of them, redrawn from scratch, as they are small.
export const el = id => document.getElementById(id);
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function node(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export function table(target, head, rows) {
  const line = (cells, tag) => {
    const made = node('tr');
    made.append(...cells.map(cell => (cell instanceof Node ? cell : node(tag, cell))));
    return made;
  };
  el(target).replaceChildren(line(head, 'th'), ...rows.map(cells => line(cells, 'td')));
}

const live = new Map();

export function clear(target) {
  (live.get(target) ?? []).forEach(plot => plot.destroy());
  live.set(target, []);
  el(target).replaceChildren();
}

// Ticks of small quantities, such as concentrations, in powers of ten.
function short(tick) {
  if (tick === null) return '';
  const size = Math.abs(tick);
  return size > 0 && (size < 1e-3 || size >= 1e5) ? Number(tick.toPrecision(3)).toExponential() : String(Number(tick.toPrecision(6)));
}

export function plot(target, title, height, series, data, { bands, time = false, log = false, marks = [] } = {}) {
  const axis = { stroke: colour('--faint'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
  const drawMarks = figure => {
    const { ctx, bbox } = figure;
    ctx.save();
    ctx.strokeStyle = colour('--mark');
    ctx.setLineDash([4, 4]);
    for (const at of marks) {
      const x = figure.valToPos(at, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  };
  const made = new uPlot({
    width: el(target).clientWidth,
    height,
    bands,
    legend: { show: false },
    cursor: { sync: { key: target } },
    scales: { x: { time }, y: log ? { distr: 3 } : {} },
    series: [{}, ...series],
    axes: [{ ...axis, size: time ? 52 : 34 }, { ...axis, size: 66, label: title, labelSize: 18, values: (_, ticks) => ticks.map(short) }],
    hooks: { draw: [drawMarks] },
  }, data, el(target));
  live.get(target).push(made);
}

export const line = (name, width = 2, dash) => ({ stroke: colour(name), width, dash, points: { show: false } });
export const dots = name => ({ stroke: colour(name), paths: () => null, points: { show: true, size: 5, fill: colour(name) } });
export const hidden = { width: 0, points: { show: false } };

// What the lines are, each over a stroke of its colour.
export function lineLegend(entries) {
  const made = node('p', undefined, { class: 'legend' });
  made.append(...entries.map(([text, name]) => {
    const entry = node('span', text);
    entry.style.borderBottom = `2px solid var(${name})`;
    return entry;
  }));
  return made;
}

// A canvas as wide as its place, in device pixels; coordinates are CSS pixels.
export function canvas(id) {
  const target = el(id);
  const width = target.parentElement.clientWidth;
  const height = Number(target.getAttribute('height'));
  if (!target.dataset.height) target.dataset.height = height;
  const scale = devicePixelRatio || 1;
  target.width = width * scale;
  target.height = target.dataset.height * scale;
  target.style.width = `${width}px`;
  target.style.height = `${target.dataset.height}px`;
  const context = target.getContext('2d');
  context.scale(scale, scale);
  context.font = '12px system-ui, sans-serif';
  return { context, width, height: Number(target.dataset.height) };
}

// The border of a drawing on a canvas.
export function frame(context, width, height, left, bottom) {
  context.strokeStyle = colour('--line');
  context.strokeRect(left, 8, width - left - 8, height - bottom - 8);
  context.fillStyle = colour('--faint');
}

export const number = (value, digits = 3) => (value === null || value === undefined ? '–' : Number(value).toPrecision(digits));
export const percent = value => (value === null || value === undefined ? '–' : `${(100 * value).toFixed(1)} %`);
// A name of the topics, such as OUT_OF_RANGE, for people.
export const words = name => name.toLowerCase().replaceAll('_', ' ');
export const clock = ms => new Date(ms).toLocaleTimeString('en-GB');
