// As much of a browser as the JSONP transport of Engine.IO 3 uses: scripts that are fetched and run, forms that are sent.
"use strict";

const http = require("node:http");

class Element {
  constructor(tag) {
    this.tag = tag;
    this.style = {};
    this.children = [];
  }

  setAttribute() {}

  appendChild(child) {
    child.parentNode = this;
    this.children.push(child);
    if (child.tag === "script") {
      run(child);
    }
  }

  removeChild(child) {
    this.children = this.children.filter((other) => other !== child);
  }

  submit() {
    const area = this.children.find((child) => child.tag === "textarea");
    const frame = this.children.find((child) => child.tag === "iframe");
    // Browsers send a line feed as a carriage return and a line feed.
    const body = new URLSearchParams([[area.name, area.value.replace(/\n/g, "\r\n")]]).toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) };
    const request = http.request(this.action, { method: "POST", headers }, (answer) => {
      answer.resume();
      answer.on("end", () => frame.onload());
    });
    request.on("error", () => {}); // a frame shows it, and the page does not hear of it
    request.end(body);
  }
}

function run(script) {
  const request = http.get(script.src, (answer) => {
    let text = "";
    answer.setEncoding("utf8");
    answer.on("data", (chunk) => (text += chunk));
    answer.on("end", () => (answer.statusCode === 200 ? (0, eval)(text) : script.onerror(new Error(text))));
  });
  request.on("error", (error) => script.onerror(error));
}

global.document = {
  head: new Element("head"),
  body: new Element("body"),
  getElementsByTagName: () => [],
  createElement(tag) {
    if (tag.startsWith("<")) {
      throw new Error("markup (expected: a tag, as in browsers after Internet Explorer 8)");
    }
    return new Element(tag);
  },
};
