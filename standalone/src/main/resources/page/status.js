"use strict";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 260, LEFT = 60, RIGHT = 10, TOP = 10, BOTTOM = 28;

function element(parent, name, attributes, text) {
  const child = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
  if (text !== undefined) child.textContent = text;
  parent.appendChild(child);
}

function scale(low, high, from, to) {
  const span = high - low || 1;
  return value => from + (value - low) / span * (to - from);
}

/** Empties the plot and fits it to its place, so that text keeps its size on a narrow screen. */
function cleared(id) {
  const svg = document.getElementById(id);
  const width = svg.clientWidth || 900;
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.replaceChildren();
  return [svg, width];
}

function line(svg, points, kind) {
  element(svg, "polyline", { class: "line " + kind, points: points.map(p => p.map(v => v.toFixed(1)).join(",")).join(" ") });
}

function drawErrors(status) {
  const [svg, width] = cleared("errors");
  if (status.errors.length < 2) return;
  const values = status.errors.map(p => Math.log10(p.error));
  const low = Math.floor(Math.min(...values)), high = Math.max(low + 1, Math.ceil(Math.max(...values)));
  const end = status.errors[status.errors.length - 1].seconds, begin = status.errors[0].seconds;
  const x = scale(begin, end, LEFT, width - RIGHT), y = scale(low, high, HEIGHT - BOTTOM, TOP);
  for (let decade = low; decade <= high; decade++) {
    element(svg, "line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(decade), y2: y(decade) });
    element(svg, "text", { x: LEFT - 6, y: y(decade) + 4, "text-anchor": "end" }, (100 * 10 ** decade).toPrecision(1) * 1 + " %");
  }
  for (const event of status.events.filter(e => e.kind === "champion" && e.seconds >= begin && e.seconds <= end)) {
    element(svg, "line", { class: "mark", x1: x(event.seconds), x2: x(event.seconds), y1: TOP, y2: HEIGHT - BOTTOM });
  }
  for (let i = 0; i <= 4; i++) {
    const seconds = begin + (end - begin) * i / 4;
    element(svg, "text", { x: x(seconds), y: HEIGHT - 8, "text-anchor": i === 0 ? "start" : i === 4 ? "end" : "middle" }, Math.round(seconds) + " s");
  }
  line(svg, status.errors.map(p => [x(p.seconds), y(Math.log10(p.error))]), "predicted");
}

function drawTrace(trace) {
  const [svg, width] = cleared("trace");
  if (!trace) return;
  document.getElementById("trace-title").textContent = `${trace.variable} (${trace.unit}) of protocol ${trace.id}`;
  const strip = 40, bottom = HEIGHT - BOTTOM - strip;
  const all = [...trace.predicted, ...trace.solved];
  const low = Math.min(...all), high = Math.max(...all);
  const x = scale(0, (trace.solved.length - 1) * trace.stepMs, LEFT, width - RIGHT);
  const y = scale(low, high, bottom, TOP), at = i => x(i * trace.stepMs);
  for (const value of [low, (low + high) / 2, high]) {
    element(svg, "line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) });
    element(svg, "text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, value.toPrecision(3));
  }
  const current = scale(0, Math.max(1e-12, ...trace.current.map(Math.abs)), HEIGHT - BOTTOM, bottom + 8);
  line(svg, trace.current.map((value, i) => [at(i), current(value)]), "current");
  line(svg, trace.solved.map((value, i) => [at(i), y(value)]), "solved");
  line(svg, trace.predicted.map((value, i) => [at(i), y(value)]), "predicted");
  for (let i = 0; i <= 4; i++) {
    const ms = (trace.solved.length - 1) * trace.stepMs * i / 4;
    element(svg, "text", { x: x(ms), y: HEIGHT - 8, "text-anchor": i === 0 ? "start" : i === 4 ? "end" : "middle" }, Math.round(ms) + " ms");
  }
}

function percent(value) {
  return value === "" ? "-" : (100 * value).toPrecision(3) + " %";
}

function drawCounts(status) {
  const c = status.counts;
  const cells = [
    ["published", c.published.toLocaleString()], ["predicted", c.predicted.toLocaleString()],
    ["solved instead", c.solved.toLocaleString()], ["audited", c.audited.toLocaleString()],
    ["current error", percent(c.error)], ["drift", status.drift ? `${status.drift.state.toLowerCase().replace("_", " ")}` : "-"],
    ["times the error at release", status.drift ? status.drift.effectSize.toFixed(1) : "-"],
    ["latency, median / p99", c.latencyMsMedian === "" ? "-" : `${c.latencyMsMedian} / ${c.latencyMsP99} ms`],
    ["dead letters", c.deadLetters], ["unmatched audits", c.unmatched]];
  const section = document.getElementById("counts");
  section.replaceChildren(...cells.map(([name, value]) => {
    const cell = document.createElement("div"), number = document.createElement("b"), label = document.createElement("span");
    number.textContent = value;
    label.textContent = name;
    cell.append(number, label);
    return cell;
  }));
}

function drawTraining(training) {
  const bar = document.getElementById("progress");
  const running = training && training.phase === "TRAINING" && training.totalSteps > 0;
  bar.hidden = !running;
  if (!training) return;
  bar.value = running ? training.step / training.totalSteps : 0;
  document.getElementById("training").textContent = running
    ? `step ${training.step} of ${training.totalSteps}, loss ${training.loss.toFixed(4)}, ${Math.ceil(training.secondsLeft)} s left`
    : `${training.phase.toLowerCase()}: ${training.detail}`;
}

function drawEvents(events) {
  document.getElementById("events").replaceChildren(...events.slice(-40).reverse().map(event => {
    const item = document.createElement("li"), time = document.createElement("b");
    time.textContent = Math.round(event.seconds) + " s";
    item.append(time, `${event.kind}: ${event.text}`);
    return item;
  }));
}

async function refresh() {
  try {
    const status = await (await fetch("status.json")).json();
    document.getElementById("champion").textContent = status.champion ? "champion " + status.champion : "no champion yet";
    drawCounts(status);
    drawErrors(status);
    drawTrace(status.trace);
    drawTraining(status.training);
    drawEvents(status.events);
  } catch (error) {
    document.getElementById("champion").textContent = "the simulator does not answer; is it still running?";
  }
  setTimeout(refresh, 1000);
}

refresh();
