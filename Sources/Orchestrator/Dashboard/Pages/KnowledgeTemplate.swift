/// Departments, the knowledge bases that they may read, and the documents in them.
enum KnowledgeTemplate {
  static let text = """
    <h1>Departments and knowledge</h1>
    <section>
    <h2>Who may read what</h2>
    <table><thead><tr><th>Department</th><th>Knowledge bases</th></tr></thead><tbody>
    {{#departments}}<tr><td data-label="Department">{{name}}</td>
    <td data-label="Knowledge bases">{{bases}}</td></tr>
    {{/departments}}</tbody></table>
    </section>
    {{#bases}}
    <section id="{{name}}">
    <h2>{{name}}</h2>
    {{#hasDocuments}}
    <table><thead><tr><th>Document</th><th class="number">Size</th><th class="number">Passages</th>
    <th>State</th><th></th></tr></thead><tbody>
    {{#documents}}<tr>
    <td data-label="Document">{{title}}<br>
    <span class="soft small">{{name}}</span></td>
    <td data-label="Size" class="number">{{size}}</td>
    <td data-label="Passages" class="number">{{chunks}}</td>
    <td data-label="State">{{state}}</td>
    <td><form class="inline" method="post" action="/dashboard/knowledge/{{base}}/remove">
    <input type="hidden" name="form" value="{{form}}">
    <input type="hidden" name="name" value="{{name}}">
    <button class="quiet slim">Remove</button></form></td></tr>
    {{/documents}}</tbody></table>
    {{/hasDocuments}}
    {{^hasDocuments}}<p class="soft">No documents yet.</p>{{/hasDocuments}}
    <details><summary>Add or replace a document</summary>
    <form method="post" action="/dashboard/knowledge/{{name}}">
    <input type="hidden" name="form" value="{{form}}">
    <label><span>Name</span><input name="name" required maxlength="200"
      placeholder="vacation.md"></label>
    <label><span>Text, as Markdown or plain text</span>
    <textarea name="text" required></textarea></label>
    <button>Save</button>
    </form></details>
    </section>
    {{/bases}}
    """
}

struct KnowledgeView {
  struct Department {
    var name: String
    var bases: String
  }

  struct Base {
    var name: String
    var form: String
    var documents: [Document]
    var hasDocuments: Bool
  }

  struct Document {
    var base: String
    var form: String
    var name: String
    var title: String
    var size: String
    var chunks: String
    var state: String
  }

  var departments: [Department]
  var bases: [Base]
}
