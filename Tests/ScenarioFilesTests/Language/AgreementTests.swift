import ScenarioFiles
import Testing
import Yams

/// The schema and the reader are two descriptions of one language.
@Suite struct AgreementTests {
  private let judge = SchemaJudge(
    LanguageSchema(guarantees: TemporaryLibrary.guarantees).document
  )

  /// What only the world, the whole story or the file system can tell.
  private static let meanings = [
    "unknown person", "unknown step", "are not told apart by", "is not after 'from'",
    "unknown outcome", "a promise of the catalogue", "before the story begins",
    "counts from itself", "unknown tenant", "unknown knowledge base", "unknown department",
    "expected of the button", "in a group alone",
    "unknown conversation", "unknown key", "unknown vendor", "unknown guarantee",
    "is created only later", "has a key", "is deleted already", "there is no such",
    "there is nothing of that name", "are subscribed", "unknown document",
    "wants 'tenant' beside it", "unknown check", "and 'lunch' is on", "is not in '",
    "the path must lead straight", "is not a member", "wants a world with", "has no 'azure'",
    "is a trick with tokens", "is one of the", "has no secret manager", "is a member already",
    "and this conversation is on", "'kill-vendor' wants", "is less than", "would happen",
    "must be the name of a deployment", "'api-version' must be", "'resource' must be",
    "'starts' must be", "has no 'azure' resource", "is hosted", "is self-hosted", "is both",
    "only hosted ones pay",
    "are both", "'guests' are no department", "is a person of", "no key of the provider",
    "a key of the Azure resource", "plays in loopback", "cannot be counted",
    "keeps the keys itself",
    "a story has at most", "a resource of", "is named already", "has no 'replicas'",
    "neither 'crash' nor", "moments are compared", "there are several customers",
    "may read nothing that others", "no other customer", "cannot be varied",
    "the folder cannot", "leads out of", "no .md or .txt", "this is not a regular file",
  ]

  /// What a parameter stands for, and what a changed world is made of, stands elsewhere.
  private static let elsewhere = [
    "unknown parameter", "must be a duration", "'model' needs", "tenant 'acme' needs",
    "person 'ana' needs", "a world needs at least one tenant",
  ]

  private func isStructural(_ diagnostic: Diagnostic, besides: [String]) -> Bool {
    diagnostic.severity == .error
      && !(Self.meanings + besides).contains { diagnostic.message.contains($0) }
  }

  private func compare(
    _ tree: Node,
    as path: String,
    in library: TemporaryLibrary,
    besides: [String] = []
  ) throws -> String? {
    let text = try Yams.serialize(node: tree, allowUnicode: true)
    try library.write(path, text)
    let diagnostics = library.load(path).diagnostics
    guard let read = try Yams.compose(yaml: text) else { return nil }
    let accepted = judge.accepts(read)
    let errors = diagnostics.filter { $0.severity == .error }
    if !accepted, errors.isEmpty { return "the schema alone refuses:\n\(text)" }
    if accepted, let error = errors.first(where: { isStructural($0, besides: besides) }) {
      return "the reader alone refuses: \(error.rendered)\n\(text)"
    }
    return nil
  }

  @Test(arguments: Corpus.steps)
  func ofEveryStepWithOneMistake(_ step: String) throws {
    let library = try TemporaryLibrary()
    try library.write("worlds/small.yaml", Corpus.world)
    let text = TemporaryLibrary.scenario(timeline: step)
    let whole = try #require(try Yams.compose(yaml: text))
    try library.write("s.yaml", text)
    #expect(library.load("s.yaml").diagnostics.filter { $0.severity == .error } == [])
    #expect(judge.accepts(whole), "\(step)")
    let timeline = try #require(whole["timeline"])
    for mutant in Mutation.all(of: timeline) {
      var tree = whole
      tree["timeline"] = mutant
      let disagreement = try compare(tree, as: "s.yaml", in: library)
      #expect(disagreement == nil, "\(disagreement ?? "")")
    }
  }

  @Test(arguments: [Corpus.head, Corpus.process, Corpus.ownWorld] + Corpus.pairs)
  func ofAWholeScenarioWithOneMistake(_ text: String) throws {
    let library = try TemporaryLibrary()
    try library.write("worlds/small.yaml", Corpus.world)
    try library.write("worlds/plain.yaml", TemporaryLibrary.world)
    let whole = try #require(try Yams.compose(yaml: text))
    try library.write("s.yaml", text)
    #expect(library.load("s.yaml").diagnostics == [])
    #expect(judge.accepts(whole))
    for mutant in Mutation.all(of: whole) {
      let disagreement = try compare(
        mutant,
        as: "s.yaml",
        in: library,
        besides: text == Corpus.process ? Self.elsewhere : []
      )
      #expect(disagreement == nil, "\(disagreement ?? "")")
    }
  }

  @Test func ofAWorldWithOneMistake() throws {
    let library = try TemporaryLibrary()
    let whole = try #require(try Yams.compose(yaml: Corpus.world))
    #expect(judge.accepts(whole))
    // No parameter can be filled in here.
    let replacements = Mutation.replacements + [Node("${x}")]
    for mutant in Mutation.all(of: whole, replacements: replacements) {
      let disagreement = try compare(mutant, as: "worlds/w.yaml", in: library)
      #expect(disagreement == nil, "\(disagreement ?? "")")
    }
  }

  /// Every word of the description occurs in the corpus, so that none is agreed on by silence.
  @Test func theCorpusSaysEveryWord() throws {
    let texts =
      Corpus.steps + [Corpus.head, Corpus.process, Corpus.ownWorld, Corpus.world] + Corpus.pairs
    var said: Set<String> = []
    for text in texts { said.formUnion(words(of: try #require(try Yams.compose(yaml: text)))) }
    let known = LanguageReference.words
    #expect(known.filter { !said.contains($0) } == [])
    #expect(known.count > 60)
  }

  private func words(of node: Node) -> Set<String> {
    switch node {
    case .mapping(let mapping):
      mapping.reduce(into: []) { $0.formUnion(words(of: $1.value).union([$1.key.text])) }
    case .sequence(let sequence): sequence.reduce(into: []) { $0.formUnion(words(of: $1)) }
    default: []
    }
  }
}
