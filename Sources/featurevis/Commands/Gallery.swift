import ArgumentParser

/// Draws all units of layers into a site.
struct GalleryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery",
    abstract: "Draw every unit of layers into a site that opens in a browser.",
    discussion: """
      The same command goes on where it was stopped, however that was. Several workers draw into one folder with \
      --shard; 'featurevis gallery merge' then makes the site.

      Examples:
        featurevis gallery --output site
        featurevis gallery googlenet.onnx --layers 'conv2/3x3,inception_3?/output' --size 128 --steps 64 --output site
        featurevis gallery googlenet.onnx --units 0..<64 --shard 3/8 --output site
        featurevis gallery merge googlenet.onnx --output site
      """,
    subcommands: [GalleryDraw.self, GalleryMerge.self], defaultSubcommand: GalleryDraw.self)
}
