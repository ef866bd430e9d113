// A canvas that is sent as a PNG while it is drawn on, and a second one that shows what comes back. One picture is on its
// way at a time: the next goes when it is back, so the socket sets the pace.

import { send } from "./connection.js";
import { bytes, millis } from "./words.js";

const STEP = 8; // pixels that an arrow key draws
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

const drawn = document.getElementById("drawn");
const echoed = document.getElementById("echoed");
const outcome = document.getElementById("picture-outcome");
const pen = drawn.getContext("2d");
const paper = echoed.getContext("2d");

let last = { x: drawn.width / 2, y: drawn.height / 2 };
let drawing = false;
let onItsWay = false;
let changed = false; // since the picture that is on its way

pen.lineWidth = 4;
pen.lineCap = "round";
pen.strokeStyle = "#0f6e66";
fill(pen);
fill(paper);

function fill(context) {
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, drawn.width, drawn.height);
}

function lineTo(point) {
  pen.beginPath();
  pen.moveTo(last.x, last.y);
  pen.lineTo(point.x, point.y);
  pen.stroke();
  last = point;
  changed = true;
  transmit();
}

function transmit() {
  if (onItsWay || !changed) {
    return;
  }
  onItsWay = true;
  changed = false;
  drawn.toBlob((png) => {
    onItsWay = send(png, { quiet: drawing, onEcho: show, onLost: () => (onItsWay = false) });
  }, "image/png");
}

async function show(echo, time) {
  const png = new Blob([echo], { type: "image/png" });
  paper.drawImage(await createImageBitmap(png), 0, 0);
  outcome.textContent = `Came back: ${bytes(png.size)}, ${millis(time)}`;
  onItsWay = false;
  transmit();
}

function pointOf(event) {
  const scale = drawn.width / drawn.clientWidth;
  return { x: event.offsetX * scale, y: event.offsetY * scale };
}

drawn.addEventListener("pointerdown", (event) => {
  drawn.setPointerCapture(event.pointerId);
  drawing = true;
  last = pointOf(event);
  lineTo(last);
});

drawn.addEventListener("pointermove", (event) => {
  if (drawing) {
    lineTo(pointOf(event));
  }
});

for (const end of ["pointerup", "pointercancel"]) {
  drawn.addEventListener(end, () => {
    drawing = false;
    changed = true;
    transmit();
  });
}

drawn.addEventListener("keydown", (event) => {
  const step = ARROWS[event.key];
  if (step) {
    event.preventDefault();
    lineTo({ x: within(last.x + step[0], drawn.width), y: within(last.y + step[1], drawn.height) });
  }
});

function within(value, size) {
  return Math.min(Math.max(value, 0), size);
}

document.getElementById("sketch").addEventListener("click", () => {
  const turns = 2 + Math.random() * 4;
  const size = 20 + Math.random() * 70;
  last = { x: drawn.width / 2, y: drawn.height / 2 };
  for (let step = 1; step <= 120; step++) {
    const angle = (step / 120) * turns * 2 * Math.PI;
    const radius = (size * step) / 120;
    lineTo({ x: drawn.width / 2 + 1.5 * radius * Math.cos(angle), y: drawn.height / 2 + radius * Math.sin(angle) });
  }
});

document.getElementById("wipe").addEventListener("click", () => {
  fill(pen);
  changed = true;
  transmit();
});
