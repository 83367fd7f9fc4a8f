import Crypto
import Foundation

/// The one script of the page. It draws what the page holds as data; without it, and on paper, the
/// page shows the same stories as still drawings. It makes elements and sets their texts, and never
/// reads text as markup.
enum PageScript {
  static let text = setUp + drawing + controls

  /// Names the script, and the style sheet, in the page's policy: nothing else may run.
  static func source(_ text: String) -> String {
    "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
  }

  private static let setUp = #"""
    'use strict';
    (() => {
    const svgSpace = document.querySelector('svg')?.namespaceURI;
    const data = id => JSON.parse(document.getElementById(id).textContent);
    const element = (name, attributes, ...children) => {
      const made = document.createElement(name);
      for (const key in attributes) made.setAttribute(key, attributes[key]);
      made.append(...children);
      return made;
    };
    const shape = (name, attributes, text) => {
      const made = document.createElementNS(svgSpace, name);
      for (const key in attributes) made.setAttribute(key, attributes[key]);
      if (text !== undefined) made.textContent = text;
      return made;
    };
    const pad = (number, width) => String(number).padStart(width, '0');
    const count = number => number.toLocaleString('en');
    const elapsed = micros => {
      if (micros < 0) return '−' + elapsed(-micros);
      const millis = Math.floor(micros / 1000), seconds = Math.floor(millis / 1000);
      const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
      const fraction = pad(millis % 1000, 3), days = Math.floor(hours / 24);
      if (minutes === 0) return `${seconds}.${fraction} s`;
      if (hours === 0) return `${minutes} m ${pad(seconds % 60, 2)}.${fraction} s`;
      if (days === 0) return `${hours} h ${pad(minutes % 60, 2)} m ${pad(seconds % 60, 2)} s`;
      return `${days} d ${pad(hours % 24, 2)} h ${pad(minutes % 60, 2)} m`;
    };
    let shared;
    const texts = () => shared ??= data('texts');
    const rows = data('rows');

    """#

  private static let drawing = #"""
    const left = 150, right = 1080, width = 1100, rowHeight = 17;
    const second = 1e6;
    const steps = [1e3, 5e3, 1e4, 5e4, 1e5, 5e5, second, 5 * second, 10 * second, 30 * second,
      60 * second, 300 * second, 900 * second, 3600 * second, 21600 * second, 86400 * second,
      604800 * second, 2592000 * second, 7776000 * second, 31536000 * second];
    class Drawing {
      constructor(story) {
        this.events = story.events;
        const last = this.events.length ? this.events[this.events.length - 1][1] : 0;
        const first = this.events.length ? this.events[0][1] : 0;
        this.whole = [Math.min(0, first), Math.max(story.length, last, 1000)];
        // What was set up before the story can be had by zooming out.
        this.story = [Math.max(0, this.whole[0]), this.whole[1]];
        this.view = [...this.story];
        this.byRow = rows.map(() => []);
        this.events.forEach((event, index) => this.byRow[event[2]].push(index));
        this.places = [];
      }
      x(time) {
        return left + (time - this.view[0]) / (this.view[1] - this.view[0]) * (right - left);
      }
      time(x) {
        return this.view[0] + (x - left) / (right - left) * (this.view[1] - this.view[0]);
      }
      show(from, to) {
        const [least, most] = this.whole, span = Math.min(Math.max(to - from, 2000), most - least);
        from = Math.min(Math.max(from, least), most - span);
        this.view = [from, from + span];
      }
      zoom(factor, around) {
        const [from, to] = this.view, middle = around ?? (from + to) / 2;
        this.show(middle - (middle - from) * factor, middle + (to - middle) * factor);
      }
      move(share) {
        const span = (this.view[1] - this.view[0]) * share;
        this.show(this.view[0] + span, this.view[1] + span);
      }
      // Events are in order of time within a row as they are in the story.
      within(row) {
        const at = time => {
          let low = 0, high = row.length;
          while (low < high) {
            const middle = (low + high) >> 1;
            if (this.events[row[middle]][1] < time) low = middle + 1; else high = middle;
          }
          return low;
        };
        return row.slice(at(this.view[0]), at(this.view[1] + 1));
      }
      visible() {
        const inside = [];
        this.events.forEach((event, index) => {
          if (event[1] >= this.view[0] && event[1] <= this.view[1]) inside.push(index);
        });
        return inside;
      }
      draw(svg, chosen) {
        const parts = [];
        let y = 4, lane = '';
        this.places = [];
        rows.forEach(([title, name, style], number) => {
          if (this.byRow[number].length === 0) return;
          if (title !== lane) {
            lane = title;
            parts.push(shape('text', {class: 'lane', x: 0, y: y + 14}, lane));
            y += 19;
          }
          const inside = this.within(this.byRow[number]);
          parts.push(shape('text', {class: 'row', x: 10, y: y + 12},
            `${name} ${count(inside.length)}`));
          let path = '', alarms = '', before = -9;
          for (const index of inside) {
            const place = this.x(this.events[index][1]), step = Math.round(place * 2) / 2;
            if (this.events[index][5]) alarms += `M${step} ${y + 1}v13`;
            if (step === before) continue;
            path += `M${step} ${y + 2}v11`;
            before = step;
          }
          parts.push(shape('path', {class: `tick ${style}`, d: path || 'M0 0'}));
          if (alarms) parts.push(shape('path', {class: 'tick alarm', d: alarms}));
          this.places.push({number, top: y, inside});
          y += rowHeight;
        });
        const span = this.view[1] - this.view[0];
        const step = steps.find(step => span / step <= 9) ?? steps[steps.length - 1];
        const grid = [];
        for (let at = Math.ceil(this.view[0] / step) * step; at <= this.view[1]; at += step) {
          const x = this.x(at).toFixed(1);
          grid.push(shape('path', {class: 'grid', d: `M${x} 0V${y + 4}`}));
          grid.push(shape('text', {class: 'axis', x, y: y + 17}, elapsed(at)));
        }
        if (chosen !== undefined) {
          const x = this.x(this.events[chosen][1]).toFixed(1);
          grid.push(shape('path', {class: 'chosen', d: `M${x} 0V${y + 4}`}));
        }
        this.height = y;
        svg.setAttribute('viewBox', `0 0 ${width} ${y + 24}`);
        svg.replaceChildren(...grid, ...parts);
      }
      // The nearest event of the row that a point lies in.
      nearest(x, y) {
        const row = this.places.find(row => y >= row.top && y < row.top + rowHeight);
        const time = this.time(x);
        let best;
        for (const index of row ? row.inside : []) {
          const distance = Math.abs(this.events[index][1] - time);
          if (!best || distance < best[0]) best = [distance, index];
        }
        return best && Math.abs(this.x(this.events[best[1]][1]) - x) < 14 ? best[1] : undefined;
      }
    }

    """#

  private static let controls = #"""
    const pageSize = 25;
    const explore = (figure, story) => {
      const drawing = new Drawing(story);
      let chosen, page = 0, wanted = '';
      const svg = shape('svg', {'aria-hidden': 'true'});
      const frame = element('div', {class: 'scroll', tabindex: '0', role: 'group',
        'aria-label': 'Drawing of the timeline'}, svg);
      const status = element('span', {class: 'span', role: 'status'});
      const list = element('ol', {class: 'events'});
      const detail = element('div', {class: 'detail', 'aria-live': 'polite'});
      const pager = element('p', {class: 'pager'});
      const button = (label, name, act) => {
        const made = element('button', {type: 'button', 'aria-label': name, title: name}, label);
        made.addEventListener('click', act);
        return made;
      };
      const changed = () => { page = 0; refresh(); };
      const tools = element('div', {class: 'tools', role: 'group', 'aria-label': 'Timeline'},
        button('+', 'Zoom in', () => { drawing.zoom(0.5, focus()); changed(); }),
        button('−', 'Zoom out', () => { drawing.zoom(2, focus()); changed(); }),
        button('◀', 'Earlier', () => { drawing.move(-0.5); changed(); }),
        button('▶', 'Later', () => { drawing.move(0.5); changed(); }),
        button('All', 'Show the whole story', () => { drawing.show(...drawing.story); changed(); }),
        status);
      const filter = element('input', {type: 'search', 'aria-label': 'Only events with these words',
        placeholder: 'only events with …'});
      filter.addEventListener('input', () => { wanted = filter.value.toLowerCase(); changed(); });
      tools.append(filter);
      const focus = () => {
        if (chosen === undefined) return undefined;
        const at = drawing.events[chosen][1];
        return at >= drawing.view[0] && at <= drawing.view[1] ? at : undefined;
      };
      const choose = index => {
        chosen = index;
        const event = drawing.events[index], fields = element('dl', {});
        for (let at = 0; at < event[4].length; at += 2) {
          const name = texts()[event[4][at]], value = texts()[event[4][at + 1]];
          fields.append(element('div', {}, element('dt', {}, name),
            element('dd', {}, name.endsWith('excerpt') ? element('code', {}, value) : value)));
        }
        detail.replaceChildren(element('p', {},
          element('b', {}, `Event #${event[0]}`), ` at ${elapsed(event[1])}: `,
          element('bdi', {}, event[3])), fields);
        refresh();
      };
      const refresh = () => {
        drawing.draw(svg, focus() === undefined ? undefined : chosen);
        let inside = drawing.visible();
        const says = index => drawing.events[index][3].toLowerCase().includes(wanted);
        if (wanted) inside = inside.filter(says);
        status.textContent = `${elapsed(drawing.view[0])} to ${elapsed(drawing.view[1])}: `
          + `${count(inside.length)} of ${count(story.total)} events`;
        page = Math.min(page, Math.max(0, Math.ceil(inside.length / pageSize) - 1));
        list.replaceChildren(...inside.slice(page * pageSize, (page + 1) * pageSize).map(index => {
          const event = drawing.events[index];
          const open = element('button', {type: 'button', 'aria-pressed': String(index === chosen)},
            element('code', {}, `#${event[0]}`), element('time', {}, elapsed(event[1])),
            element('bdi', {}, event[3]));
          open.addEventListener('click', () => {
            choose(index);
            list.querySelector('[aria-pressed=true]')?.focus();
          });
          return element('li', event[5] ? {class: 'alarm'} : {}, open);
        }));
        const pages = Math.ceil(inside.length / pageSize);
        pager.replaceChildren();
        if (pages > 1) pager.append(
          button('◀', 'Earlier events', () => { page = Math.max(0, page - 1); refresh(); }),
          ` page ${page + 1} of ${count(pages)} `,
          button('▶', 'Later events', () => { page = Math.min(pages - 1, page + 1); refresh(); }));
        if (drawing.events.length < story.total) {
          const here = count(drawing.events.length);
          pager.append(element('small', {}, ` ${here} events are on this page; `
            + `all ${count(story.total)} are in ${story.file}.`));
        }
      };
      const place = event => {
        const box = svg.getBoundingClientRect(), scale = width / box.width;
        return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
      };
      let dragged;
      svg.addEventListener('pointerdown', event => { dragged = place(event)[0]; });
      svg.addEventListener('pointerup', event => {
        const [x, y] = place(event);
        if (dragged !== undefined && event.pointerType === 'mouse' && Math.abs(x - dragged) > 8) {
          drawing.show(drawing.time(Math.min(x, dragged)), drawing.time(Math.max(x, dragged)));
          changed();
        } else {
          const index = drawing.nearest(x, y);
          if (index !== undefined) choose(index);
        }
        dragged = undefined;
      });
      svg.addEventListener('wheel', event => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        drawing.zoom(event.deltaY > 0 ? 1.3 : 0.77, drawing.time(place(event)[0]));
        changed();
      }, {passive: false});
      const box = element('div', {class: 'zoom'}, tools, frame, detail,
        element('details', {}, element('summary', {}, 'The events in this span'), list, pager));
      figure.before(box);
      figure.classList.add('still');
      refresh();
      return {go(id) {
        const index = drawing.events.findIndex(event => event[0] === id);
        if (index < 0) return false;
        const at = drawing.events[index][1], span = (drawing.whole[1] - drawing.whole[0]) / 20;
        drawing.show(at - span, at + span);
        choose(index);
        box.scrollIntoView({block: 'nearest'});
        return true;
      }};
    };
    const explorers = new Map();
    const explorer = story => {
      const holder = document.getElementById(`${story.id}-events`);
      const figure = story.querySelector('figure.story-timeline');
      if (!explorers.has(story) && holder && figure) {
        explorers.set(story, explore(figure, JSON.parse(holder.textContent)));
      }
      return explorers.get(story);
    };
    const watcher = new IntersectionObserver(seen => seen.forEach(entry => {
      if (!entry.isIntersecting || !entry.target.closest('details.story').open) return;
      watcher.unobserve(entry.target);
      explorer(entry.target.closest('details.story'));
    }), {rootMargin: '200px'});
    document.querySelectorAll('figure.story-timeline').forEach(figure => watcher.observe(figure));
    document.querySelectorAll('.witness li > code').forEach(code => {
      const open = element('button', {type: 'button', class: 'witnessed'}, code.textContent);
      open.setAttribute('aria-label', `Event ${code.textContent} in the timeline`);
      open.addEventListener('click', () =>
        explorer(code.closest('details.story'))?.go(Number(code.textContent.slice(1))));
      code.replaceChildren(open);
    });
    const unfold = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
      target.scrollIntoView();
    };
    addEventListener('hashchange', unfold);
    unfold();
    })();
    """#
}
