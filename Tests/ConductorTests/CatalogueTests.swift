import Conductor
import Evidence
import Foundation
import Guarantees
import Rogues
import ScenarioFiles
import Testing

/// The catalogue against what names its entries: scenario files, rogues, and the checkers' files.
@Suite struct CatalogueReferenceTests {
  private static let promises = Catalogue.entries.filter { $0.kind == .promise }

  @Test(arguments: promises.map(\.id))
  func `A promise has stories that show it and two rogues that break it`(id: String) throws {
    let shown = try Bench.library().filter { $0.shows.contains(id) && $0.vendor == nil }
    #expect(!shown.isEmpty)
    #expect(Vendor.all.count { $0.breaks.contains(id) } >= 2)
  }

  @Test func `Every limit is demonstrated, and no story demonstrates anything else`() throws {
    let limits = Catalogue.entries.filter { $0.kind == .limit }.map(\.id)
    #expect(Scenario.limits == limits)
    let library = try Bench.library()
    for limit in limits {
      let stories = library.filter { $0.demonstrates.contains(limit) }
      let models = Set(stories.flatMap(\.world.tenants).map(\.deployment))
      #expect(!models.subtracting([.selfHosted]).isEmpty, "\(limit)")
    }
    for scenario in library {
      #expect(Set(limits).isSuperset(of: scenario.demonstrates), "\(scenario.file)")
    }
  }

  @Test func `What a story is there to demonstrate, it demonstrates`() async throws {
    var seen: [String: [LimitDemonstration.Outcome]] = [:]
    for scenario in try Bench.library() where !scenario.demonstrates.isEmpty {
      let history = try await Bench.play(scenario)
      let shown = LimitDemonstration.all(in: history)
      #expect(shown.map(\.limit) == scenario.demonstrates, "\(scenario.file)")
      let events = Set(history.events.map(\.id))
      for limit in shown {
        #expect(limit.outcome != .missed, "\(scenario.file): \(limit.sentence)")
        #expect(!limit.events.isEmpty && events.isSuperset(of: limit.events))
        seen[limit.limit, default: []].append(limit.outcome)
      }
    }
    for limit in Scenario.limits { #expect(seen[limit]?.contains(.shown) == true, "\(limit)") }
    #expect(seen["no-data-sovereignty"]?.contains(.absent) == true)
  }

  @Test func `Stories show promises of the catalogue only`() throws {
    let known = Set(Self.promises.map(\.id))
    for scenario in try Bench.library() {
      #expect(!scenario.shows.isEmpty, "\(scenario.file) shows nothing")
      #expect(known.isSuperset(of: scenario.shows), "\(scenario.file)")
    }
  }

  @Test func `Rogues break promises of the catalogue, in stories of the library`() throws {
    let known = Set(Self.promises.map(\.id))
    let files = Set(try Bench.library().map(\.file))
    for vendor in Vendor.all {
      #expect(known.isSuperset(of: vendor.breaks), "\(vendor.name)")
      #expect(files.isSuperset(of: vendor.triedIn), "\(vendor.name)")
      guard !vendor.breaks.isEmpty else { continue }
      #expect(vendor.incident != nil, "\(vendor.name) is modelled on nothing")
      #expect(!vendor.triedIn.isEmpty, "\(vendor.name)")
    }
  }

  /// Otherwise who reads of a rogue could not go from it to a story about the promise.
  @Test func `What a rogue breaks is shown by a story in which it is tried, and by each of them`()
    throws
  {
    let shows = Dictionary(
      uniqueKeysWithValues: try Bench.library().map { ($0.file, Set($0.shows)) }
    )
    for vendor in Vendor.all where !vendor.breaks.isEmpty {
      let tried = vendor.triedIn.map { shows[$0] ?? [] }
      let unshown = Set(vendor.breaks).subtracting(tried.reduce([]) { $0.union($1) })
      #expect(unshown.isEmpty, "\(vendor.name) is tried in no story about \(unshown.sorted())")
      for (file, shown) in zip(vendor.triedIn, tried) {
        #expect(!shown.isDisjoint(with: vendor.breaks), "\(vendor.name) in \(file)")
      }
    }
  }

  @Test func `Every checker's file belongs to one promise, and every promise has one`() throws {
    let folder = Bench.root.appending(path: "Sources/Guarantees/Checkers")
    var files: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      if text.contains("static let guarantee = Guarantee(") { files.append("Guarantees/\(name)") }
    }
    #expect(Self.promises.compactMap(\.checker).sorted() == files.sorted())
  }
}
