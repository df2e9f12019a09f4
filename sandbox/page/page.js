/* global document, EventSource */
// The page as it comes shows what there was; this keeps it so. Its HTML is escaped where it is made.
"use strict";

const source = new EventSource("/events");
let codes = [];
const stopped = document.getElementById("stopped");

source.addEventListener("open", () => {
  stopped.hidden = true;
});
source.addEventListener("error", () => {
  stopped.hidden = false;
});
source.addEventListener("message", ({ data }) => {
  const { codes: news, ...sections } = JSON.parse(data);
  for (const [id, text] of Object.entries(sections)) {
    document.getElementById(id).innerHTML = text;
  }
  if (news !== undefined) codes = JSON.parse(news);
  for (const code of codes) show(code);
  tellTime();
});

function show({ serial, digits, isUsed, until }) {
  for (const place of document.querySelectorAll(".code")) {
    if (place.dataset.serial !== serial) continue;
    place.dataset.until = until;
    place.classList.toggle("used", isUsed);
    place.querySelector("output").textContent = digits;
  }
}

function tellTime() {
  for (const place of document.querySelectorAll(".code")) {
    const left = Math.ceil((place.dataset.until - Date.now()) / 1_000);
    const seconds = Math.max(0, left);
    place.querySelector("p").textContent = place.classList.contains("used")
      ? `used; the next in ${seconds} s`
      : `for ${seconds} s`;
  }
}

tellTime();
setInterval(tellTime, 1_000);
