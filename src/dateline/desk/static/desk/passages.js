/*
 * Passages of a text are marked with the sources that bear them. The sources are those of the form as it stands, saved or
 * not: what the editor lists now can be ticked now.
 */
(() => {
  const { React, DraftJS, draftail } = window;
  const { EditorState, Modifier, SelectionState } = DraftJS;
  const TYPE = "SOURCE";

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // What the form lists under its field `sources`, in order, each with its id and what it is called.
  const listed = () => {
    const field = (name) => document.querySelector(`[name="sources-${name}"]`);
    const found = [];
    const count = Number(field("count")?.value ?? 0);
    for (let at = 0; at < count; at += 1) {
      const said = (name) => field(`${at}-value-${name}`)?.value.trim() ?? "";
      const id = field(`${at}-id`)?.value;
      if (!id || field(`${at}-deleted`)?.value) continue;
      const kind = field(`${at}-value-kind`);
      found.push({
        id,
        order: Number(field(`${at}-order`)?.value ?? at),
        name: said("name") || said("outlet") || said("url"),
        kind: kind?.selectedOptions?.[0]?.textContent.trim() ?? "",
      });
    }
    return found.sort((one, other) => one.order - other.order);
  };

  const idsOf = (entity) => (entity?.getType() === TYPE ? (entity.getData().sources ?? "").split(" ") : []);

  // Every stretch of the text under an entity.
  const stretches = (content, wanted) => {
    const found = [];
    for (const block of content.getBlocksAsArray()) {
      block.findEntityRanges((letter) => letter.getEntity() === wanted, (start, end) => found.push([block, start, end]));
    }
    return found;
  };

  // What is selected, without the links in it: a letter is part of one thing at a time.
  const selected = (content, selection) => {
    const found = [];
    const blocks = content.getBlocksAsArray();
    const first = blocks.findIndex((block) => block.getKey() === selection.getStartKey());
    const last = blocks.findIndex((block) => block.getKey() === selection.getEndKey());
    for (const block of blocks.slice(first, last + 1)) {
      const begins = block === blocks[first] ? selection.getStartOffset() : 0;
      const ends = block === blocks[last] ? selection.getEndOffset() : block.getLength();
      const free = (at) => {
        const key = block.getEntityAt(at);
        return !key || content.getEntity(key).getType() === TYPE;
      };
      let start = begins;
      for (let at = begins; at <= ends; at += 1) {
        if (at < ends && free(at)) continue;
        if (at > start) found.push([block, start, at]);
        start = at + 1;
      }
    }
    return found;
  };

  const put = (content, ranges, key) =>
    ranges.reduce((changed, [block, start, end]) => {
      const where = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
      return Modifier.applyEntity(changed, where, key);
    }, content);

  const marked = (editorState, entity, entityKey, ids) => {
    let content = editorState.getCurrentContent();
    const sources = ids.join(" ");
    if (entity?.getType() === TYPE) {
      if (ids.length) {
        // A new entity, so that the text is drawn anew.
        const ranges = stretches(content, entityKey);
        content = content.createEntity(TYPE, "MUTABLE", { sources });
        content = put(content, ranges, content.getLastCreatedEntityKey());
      } else content = put(content, stretches(content, entityKey), null);
    } else if (ids.length) {
      const ranges = selected(content, editorState.getSelection());
      content = content.createEntity(TYPE, "MUTABLE", { sources });
      content = put(content, ranges, content.getLastCreatedEntityKey());
    }
    return EditorState.push(editorState, content, "apply-entity");
  };

  class Picker extends React.Component {
    componentDidMount() {
      const { editorState, entity, entityType } = this.props;
      const { said } = entityType;
      const borne = idsOf(entity);
      const sources = listed();
      const nothing = !borne.length && editorState.getSelection().isCollapsed();
      const problem = nothing ? said.select : sources.length ? "" : said.none;
      const list = make("ol");
      sources.forEach((source, at) => {
        const box = make("input", { type: "checkbox", value: source.id });
        box.checked = borne.includes(source.id);
        const name = make("bdi", {}, source.name || said.unnamed);
        list.append(make("li", {}, make("label", {}, box, make("span", {}, `${at + 1}. `, name, " ", make("small", {}, source.kind)))));
      });
      const cancel = make("button", { type: "submit", class: "button button-secondary", value: "" }, said.cancel);
      const mark = make("button", { type: "submit", class: "button", value: "mark" }, said.mark);
      const form = make("form", { method: "dialog" }, make("h2", { id: "passages-ask", class: "w-h3" }, said.ask));
      if (problem) form.append(make("p", {}, problem), cancel);
      else form.append(list, mark, " ", cancel);
      this.dialog = make("dialog", { class: "passages", "aria-labelledby": "passages-ask" }, form);
      this.dialog.addEventListener("close", () => this.done(list));
      document.body.append(this.dialog);
      this.dialog.showModal();
    }

    componentWillUnmount() {
      this.dialog.remove();
    }

    done(list) {
      const { editorState, entity, entityKey, onClose, onComplete } = this.props;
      if (this.dialog.returnValue !== "mark") {
        onClose();
        return;
      }
      const ids = [...list.querySelectorAll("input:checked")].map(({ value }) => value);
      onComplete(marked(editorState, entity, entityKey, ids));
    }

    render() {
      return null;
    }
  }

  const Passage = ({ entityKey, contentState, children }) => {
    const borne = idsOf(contentState.getEntity(entityKey));
    const places = listed().flatMap((source, at) => (borne.includes(source.id) ? [{ at: at + 1, ...source }] : []));
    const title = places.map(({ at, name, kind }) => `${at}. ${name || kind}`).join("\n");
    const said = { className: "passage", "data-places": places.map(({ at }) => at).join(", "), title };
    return React.createElement("span", said, children);
  };

  // The text's controls answer to a mouse alone, and no key leads to them: this one has keys of its own, those of a
  // footnote elsewhere.
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyF" || !event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const field = event.target.closest?.("[data-draftail-editor-wrapper], .Draftail-Editor__wrapper");
    const control = field?.querySelector(`[name="${TYPE}"]`);
    if (!control) return;
    event.preventDefault();
    control.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  }, true);

  draftail.registerPlugin({ type: TYPE, source: Picker, decorator: Passage }, "entityTypes");
})();
