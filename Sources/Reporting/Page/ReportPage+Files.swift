struct FileView {
  var fileName: ShownText
  var fileDigest: ShownText
}

extension ReportPage {
  /// Every file that the signed statement names, apart from this one, with its digest.
  var files: [FileView] {
    digests.keys.sorted().map {
      FileView(fileName: ShownText($0, limit: 300), fileDigest: ShownText(digests[$0] ?? ""))
    }
  }
}
