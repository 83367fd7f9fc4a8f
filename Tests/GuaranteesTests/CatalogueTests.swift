import Evidence
import Guarantees
import Testing

@Suite struct CatalogueTests {
  @Test func `Every promise has an entry, in the order of the reports, and the limits follow`() {
    let promises = Catalogue.entries.filter { $0.kind == .promise }
    #expect(promises.map(\.id) == Catalogue.guarantees.map(\.id))
    #expect(
      Catalogue.entries.dropFirst(promises.count).map(\.id) == [
        "vendor-in-the-path", "provider-processes-data", "no-data-sovereignty", "vendor-can-log",
      ]
    )
    #expect(Set(Catalogue.entries.map(\.id)).count == Catalogue.entries.count)
  }

  @Test func `What an entry quotes stands in the guide to the letter, in whole words`() {
    for entry in Catalogue.entries {
      let isQuoted = Guide.paragraphs.contains { paragraph in
        paragraph.ranges(of: entry.source).contains { range in
          let before =
            range.lowerBound == paragraph.startIndex
            ? nil : paragraph[paragraph.index(before: range.lowerBound)]
          let after = range.upperBound == paragraph.endIndex ? nil : paragraph[range.upperBound]
          return [before, after].allSatisfy { !($0?.isLetter ?? false) && !($0?.isNumber ?? false) }
        }
      }
      #expect(isQuoted, "\(entry.id): \(entry.source)")
    }
  }

  @Test func `Limits are what the guide says that a key does not give`() throws {
    let heading = try #require(Guide.paragraphs.firstIndex { $0 == "BYOK does not guarantee:" })
    for entry in Catalogue.entries where entry.kind == .limit {
      let line = try #require(Guide.paragraphs.firstIndex { $0.contains(entry.source) })
      #expect(line > heading && line <= heading + 4)
      #expect(entry.checker == nil)
      #expect(entry.claims.scope(of: .selfHosted) == nil)
      #expect(entry.claims.scope(of: .pure) != nil)
    }
  }

  @Test func `Every entry says what it means and how it is exercised, in sentences`() {
    for entry in Catalogue.entries {
      for text in [entry.statement, entry.meaning, entry.exercised] {
        #expect(text.hasSuffix(".") && text.count > 20, "\(entry.id): \(text)")
      }
    }
  }

  @Test func `Every control that is cited is registered, and the other way round`() {
    var cited: Set<Control> = []
    for entry in Catalogue.entries {
      #expect(entry.supports.count >= 4, "\(entry.id) bears on too few frameworks")
      #expect(Set(entry.supports.map(\.framework)).count == entry.supports.count)
      for support in entry.supports {
        #expect(support.controls.map(\.number) == support.numbers, "\(entry.id)")
        cited.formUnion(support.controls)
      }
    }
    let registered = Set(ControlRegister.controls)
    #expect(registered.subtracting(cited).map(\.number).sorted().isEmpty)
    #expect(registered.count == ControlRegister.controls.count)
  }

  @Test func `Numbers have the form that their framework gives them`() {
    for control in ControlRegister.controls {
      let isWellFormed =
        switch control.framework {
        case .soc2: control.number.wholeMatch(of: /(CC[1-9]|A1|C1|PI1|P[1-8])\.\d/) != nil
        case .iso27001: control.number.wholeMatch(of: /A\.[5-8]\.\d{1,2}/) != nil
        case .iso42001: control.number.wholeMatch(of: /A\.([2-9]|10)\.\d(\.\d)?/) != nil
        case .owaspLLM: control.number.wholeMatch(of: /LLM(0[1-9]|10):2025/) != nil
        case .nistCSF: control.number.wholeMatch(of: /(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d\d/) != nil
        }
      #expect(isWellFormed, "\(control.number)")
    }
  }

  /// A verdict on a program says nothing of an organisation's controls.
  @Test func `No entry claims compliance`() {
    let claims = ["complian", "complies", "certif", "satisf", "fulfil", "conform", "attest"]
    for entry in Catalogue.entries {
      let texts =
        entry.supports.map(\.evidence) + [entry.statement, entry.meaning, entry.exercised]
      for text in texts {
        #expect(!claims.contains { text.lowercased().contains($0) }, "\(entry.id): \(text)")
      }
    }
    #expect(ControlSupport.disclaimer.contains("never compliance"))
  }
}
