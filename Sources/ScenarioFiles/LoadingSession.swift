import Foundation
import Yams

/// One call of `load`: worlds are read once, however many stories play in them.
struct LoadingSession {
  let loader: ScenarioLoader
  private(set) var scenarios: [Scenario] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<String> = []
  private var worlds: [String: ReadWorld] = [:]
  private var files = 0
  private var met = 0

  /// A world with the files that it was made of.
  private struct ReadWorld {
    var description: WorldDescription?
    var inputs: [ScenarioInput]
  }

  static let mostFiles = 10_000
  static let deepestFolder = 16

  init(loader: ScenarioLoader) {
    self.loader = loader
  }

  mutating func load(_ path: String) {
    let absolute = ScenarioLoader.absolute(path, from: loader.workingDirectory)
    if LibraryFiles.isFolder(absolute) {
      let before = met
      walk(absolute, level: 1)
      if met == before { report(absolute, "no scenario stands in this folder", .warning) }
    } else {
      loadFile(absolute)
    }
  }

  private mutating func report(
    _ path: String,
    _ message: String,
    _ severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(file: loader.shown(path), severity: severity, message: message)
    )
  }

  private mutating func walk(_ folder: String, level: Int) {
    guard level <= Self.deepestFolder else {
      report(folder, "folders are nested too deeply here")
      return
    }
    let names: [String]
    do {
      names = try LibraryFiles.names(in: folder)
    } catch {
      report(folder, error.message)
      return
    }
    for name in names {
      let path = folder + "/" + name
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      if LibraryFiles.isFolder(path) {
        if !isLink { walk(path, level: level + 1) }
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        loadFile(path)
      }
    }
  }

  private mutating func loadFile(_ path: String) {
    met += 1
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard seen.insert(real).inserted else { return }
    files += 1
    guard files <= Self.mostFiles else {
      if files == Self.mostFiles + 1 { report(path, "more than \(Self.mostFiles) files") }
      return
    }
    guard worlds[path] == nil, let (document, text) = open(path), let root = document.root else {
      return
    }
    take(document, text, root, path: path)
  }

  mutating func read(_ text: String, as path: String) {
    let absolute = ScenarioLoader.absolute(path, from: loader.workingDirectory)
    let document = Document(SourceText(path: loader.shown(absolute), text: text))
    guard let root = document.root else {
      diagnostics += document.reporter.inOrder
      return
    }
    take(document, text, root, path: absolute)
  }

  private mutating func take(_ document: Document, _ text: String, _ root: Node, path: String) {
    let library = loader.library(of: path)
    library.inputs.note(loader.bundled(path, in: library.root), text)
    let isScenario = root.value(of: "scenario") != nil
    let isWorld = root.value(of: "tenants") != nil || path.hasPrefix(library.root + "/worlds/")
    if !isScenario, isWorld {
      worlds[path] = ReadWorld(description: nil, inputs: [])
      let description = world(document, root, path: path, library: library)
      worlds[path] = ReadWorld(description: description, inputs: library.inputs.files)
    } else {
      scenario(document, root, path: path, library: library)
    }
  }

  private mutating func open(_ path: String) -> (Document, text: String)? {
    do {
      let text = try LibraryFiles.text(at: path)
      let document = Document(SourceText(path: loader.shown(path), text: text))
      if document.root == nil { diagnostics += document.reporter.inOrder }
      return (document, text)
    } catch {
      report(path, error.message)
      return nil
    }
  }

  private mutating func world(
    _ document: Document,
    _ root: Node,
    path: String,
    library: LibraryFiles
  ) -> WorldDescription? {
    let reader = WorldReader(
      file: relative(path, library),
      reporter: document.reporter,
      library: library
    )
    let world = reader.read(root)
    diagnostics += document.reporter.inOrder
    return world
  }

  private func folder(of path: String, _ library: LibraryFiles) -> LibraryFiles.Place {
    loader.place(URL(fileURLWithPath: path).deletingLastPathComponent().path, in: library.root)
  }

  private func relative(_ path: String, _ library: LibraryFiles) -> String {
    let prefix = library.root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : loader.shown(path)
  }

  private mutating func scenario(
    _ document: Document,
    _ root: Node,
    path: String,
    library: LibraryFiles
  ) {
    let reporter = document.reporter
    // What is wrong with one variant is mostly wrong with all: the first one's errors are enough.
    for variant in Variants(reporter: reporter).variants(of: root) where !reporter.hasErrors {
      let own = library.beginning()
      for file in library.inputs.files { own.inputs.note(file.path, file.text) }
      let world = namedWorld(variant.root, reporter, own)
      let reader = ScenarioReader(
        file: relative(path, library),
        reporter: reporter,
        library: own,
        knownGuarantees: loader.knownGuarantees,
        knownVendors: loader.knownVendors,
        names: world.map(Names.init),
        variant: variant.label
      )
      if var scenario = reader.read(variant.root) {
        scenario.inputs = own.inputs.files
        scenarios.append(scenario)
      }
    }
    if reporter.hasErrors { scenarios.removeAll { $0.path == reporter.source.path } }
    diagnostics += reporter.inOrder
  }

  private mutating func namedWorld(
    _ root: Node,
    _ reporter: Reporter,
    _ library: LibraryFiles
  ) -> WorldDescription? {
    guard let node = root.value(of: "world") else { return nil }
    if case .mapping = node { return ownWorld(node, reporter, library) }
    return reporter.text(node, what: "'world'").flatMap {
      namedWorld($0, at: node, reporter, library)
    }
  }

  /// A world that stands in the scenario's own file, whole or as changes of another.
  private mutating func ownWorld(
    _ node: Node,
    _ reporter: Reporter,
    _ library: LibraryFiles
  ) -> WorldDescription? {
    var tree = node
    var library = library
    if let from = node.value(of: "from") {
      guard let name = reporter.text(from, what: "'from'"),
        namedWorld(name, at: from, reporter, library) != nil,
        let path = try? library.locate(name), let text = try? LibraryFiles.text(at: path),
        let base = Document(SourceText(path: name, text: text)).root
      else { return nil }
      tree = WorldChange.merge(node, into: base)
      // The base's own paths lead from where it stands, behind those of the story's folder.
      library = library.trying(folder(of: path, library))
    }
    reporter.placeOfStrangers = node
    defer { reporter.placeOfStrangers = nil }
    let file = node.value(of: "from")?.scalar?.string ?? reporter.source.path
    return WorldReader(file: file, reporter: reporter, library: library).read(tree)
  }

  private mutating func namedWorld(
    _ name: String,
    at node: Node,
    _ reporter: Reporter,
    _ library: LibraryFiles
  ) -> WorldDescription? {
    do {
      let path = try library.locate(name)
      if let known = worlds[path] {
        for file in known.inputs { library.inputs.note(file.path, file.text) }
        return known.description
      }
      // Read here first, so that a missing file is reported where it is named.
      let text = try LibraryFiles.text(at: path)
      let document = Document(SourceText(path: loader.shown(path), text: text))
      worlds[path] = ReadWorld(description: nil, inputs: [])
      guard let tree = document.root else {
        diagnostics += document.reporter.inOrder
        return nil
      }
      let own = library.beginning(beside: folder(of: path, library))
      own.inputs.note(loader.bundled(path, in: library.root), text)
      let world = world(document, tree, path: path, library: own)
      worlds[path] = ReadWorld(description: world, inputs: own.inputs.files)
      for file in own.inputs.files { library.inputs.note(file.path, file.text) }
      return world
    } catch {
      reporter.error(
        "'\(name.prefix(200))': \(error.message)",
        at: node,
        suggestion: library.world(meantBy: name)
      )
      return nil
    }
  }
}
