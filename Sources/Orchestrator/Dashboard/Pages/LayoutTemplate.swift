/// What stands around every page.
enum LayoutTemplate {
  static let text = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}{{#organization}} - {{organization}}{{/organization}}</title>
    <link rel="stylesheet" href="/dashboard/style.css">
    </head>
    <body>
    {{#person}}
    <header>
    <div class="bar"><div class="brand">{{organization}}</div>
    <div class="who"><span>{{name}} ({{role}})</span>
    <form method="post" action="/dashboard/sign-out">
    <input type="hidden" name="form" value="{{form}}">
    <button class="quiet slim">Sign out</button></form></div></div>
    <nav aria-label="Pages">{{#tabs}}<a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>\
    {{label}}</a>{{/tabs}}</nav>
    </header>
    {{/person}}
    <main>
    {{#isPaused}}<p class="notice bad" role="alert"><strong>The assistant is paused.</strong>
    The provider does not accept your organization's key. Questions are refused until an
    administrator replaces the key, or the provider accepts it again.</p>{{/isPaused}}
    {{#notice}}<p class="notice {{tone}}" role="status">{{words}}</p>{{/notice}}
    {{{content}}}
    </main>
    </body>
    </html>

    """

  static let signIn = """
    <section class="sign-in">
    <h1>Sign in</h1>
    <form method="post" action="/dashboard/sign-in">
    <input type="hidden" name="form" value="{{form}}">
    <label><span>Organization</span>
    <input name="organization" required maxlength="100" autocomplete="organization"></label>
    <label><span>Account</span>
    <input name="account" required maxlength="100" autocomplete="username"></label>
    <label><span>Password</span>
    <input name="password" type="password" required maxlength="200"
      autocomplete="current-password"></label>
    <button>Sign in</button>
    </form>
    </section>
    """

  static let message = """
    <h1>{{title}}</h1>
    <p>{{words}}</p>
    """
}

/// The values of the layout.
struct LayoutView {
  struct Person {
    var organization: String
    var name: String
    var role: String
    var form: String
    var tabs: [Tab]
  }

  struct Tab {
    var label: String
    var path: String
    var isHere: Bool
  }

  var title: String
  var organization: String?
  var person: Person?
  /// The provider rejects the installed key.
  var isPaused = false
  var notice: PageNotice?
  var content: RenderedMarkup
}

/// What a page says of the step before it.
struct PageNotice {
  enum Tone: String {
    case good
    case bad
    case warn
  }

  var tone: String
  var words: String

  init(_ tone: Tone, _ words: String) {
    self.tone = tone.rawValue
    self.words = words
  }
}
