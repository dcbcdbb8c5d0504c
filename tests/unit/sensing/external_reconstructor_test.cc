#include "core/sensing/external_reconstructor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>

#include "core/base/external_command.h"
#include "core/base/random.h"
#include "core/base/scratch_folder.h"

namespace chaosense {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

const std::string kExamples = std::string(CHAOSENSE_SOURCE_DIR) + "/examples/reconstructors/";

std::unique_ptr<Reconstructor> Make(const Json& parameters) {
  ReconstructorRegistry registry("method");
  RegisterExternalMethod(registry);
  return registry.Create("external", parameters);
}

Json Command(const std::string& script, const std::vector<std::string>& arguments = {}) {
  Json command = {"/bin/sh", "-c", script, "sh", "{in}", "{out}"};
  for (const std::string& argument : arguments) command.push_back(argument);
  return command;
}

// Keeps the first pixels; see top_lines.sh.
Json TopLines() {
  const std::string fill = "{ cat \"$1\"; head -c 999999 /dev/zero; } | head -c ";
  return {{"sense", Command(fill + "$((4 * $3)) > \"$2\"", {"{measurements}"})},
          {"reconstruct", Command(fill + "$((4 * $3 * $4)) > \"$2\"", {"{width}", "{height}"})},
          {"range", {0, 1}}};
}

ImageF Random(Shape shape) {
  RandomStream random("external method");
  ImageF image(shape);
  for (float& pixel : image.data) pixel = static_cast<float>(random.Uniform());
  return image;
}

const DataFolder& Data() {
  static const DataFolder data("", std::string(CHAOSENSE_SOURCE_DIR) + "/datasets");
  return data;
}
FitContext Context() {
  FitContext context;
  context.data = &Data();
  return context;
}

TEST(ExternalReconstructor, MeasuresAsManyAsEveryOtherMethod) {
  Json parameters = TopLines();
  parameters["rate"] = 0.1;
  const auto method = Make(parameters);
  method->Fit(Context());
  EXPECT_DOUBLE_EQ(method->ExactRate(1), 109.0 / 1089);
  const ImageF image = Random({1, 40, 60});
  const Codes<float> codes = method->Sense(image);
  EXPECT_EQ(codes.grid, (BlockGrid{2, 2}));
  EXPECT_EQ(codes.block, (Shape{1, 1, 109}));
  ASSERT_EQ(codes.values.size(), 436U);
  const ImageF back = method->Reconstruct(codes, image.shape);
  for (size_t i = 0; i < image.data.size(); ++i)
    ASSERT_EQ(back.data[i], i < 436 ? image.data[i] : 0) << i;
  EXPECT_FALSE(method->cost(1).parameters.has_value());
  EXPECT_FALSE(method->cost(1).macs_per_block.has_value());
}

TEST(ExternalReconstructor, PlanesOfAColourPictureComeOneByOneOrTogether) {
  const ImageF image = Random({3, 35, 20});
  Json separate = TopLines();
  separate["channels"] = 3;
  const auto method = Make(separate);
  const Codes<float> codes = method->Sense(image);
  EXPECT_EQ(codes.block, (Shape{3, 1, 272}));
  // 2 blocks of 3 planes of 272: the first plane's first 544 pixels are in the blocks' first
  // thirds.
  EXPECT_EQ(codes.values[0], image.at(0, 0, 0));
  EXPECT_EQ(codes.values[272], image.at(1, 0, 0));
  EXPECT_EQ(codes.values[3 * 272], image.data[272]);
  EXPECT_EQ(method->Reconstruct(codes, image.shape).at(2, 0, 0), image.at(2, 0, 0));
  EXPECT_EQ(method->QuantiserFor(3).centre().size(), 816U);

  Json together = separate;
  together["sense"].push_back("{channels}");
  together["reconstruct"] = Command(
      "[ $5 = 3 ] && { cat \"$1\"; head -c 99999 /dev/zero; } | head "
      "-c $((4 * $3 * $4 * $5)) > \"$2\"",
      {"{width}", "{height}", "{channels}"});
  const auto whole = Make(together);
  const Codes<float> all = whole->Sense(image);
  ASSERT_EQ(all.values.size(), 2U * 816);
  EXPECT_EQ(all.values[816], image.data[816]) << "the planes lie one after the other";
  EXPECT_EQ(whole->Reconstruct(all, image.shape).data[1631], image.data[1631]);
}

TEST(ExternalReconstructor, RangesComeFromTrainingPictures) {
  Json parameters = TopLines();
  parameters.erase("range");
  parameters["range_pictures"] = 2;
  const auto method = Make(parameters);
  EXPECT_EQ(method->Identity(Context())["pictures"]["generated_train"],
            Data().Checksum("generated_train"));
  method->Fit(Context());
  const Quantiser& quantiser = method->QuantiserFor(1);
  ASSERT_EQ(quantiser.centre().size(), 272U);
  // Pixels are in [0, 1], and the ranges have twice the room.
  for (const float half : quantiser.half_range())
    EXPECT_THAT(half, AllOf(testing::Gt(0), testing::Le(1)));
  EXPECT_EQ(Make(TopLines())->Identity(Context()).contains("pictures"), false);
}

TEST(ExternalReconstructor, FitLeavesAModelForTheOthers) {
  Json parameters = TopLines();
  const std::string same = parameters["sense"][2];
  // A file's name says its size; the model is the number of files.
  parameters["fit"] = {"/bin/sh",
                       "-c",
                       "cd \"$1\" && f=$(ls | head -n 1) && s=${f##*_} && s=${s%.f32} && "
                       "[ $(wc -c < \"$f\") = $((4 * ${s%x*} * ${s#*x})) ] && ls | wc -l > \"$2\"",
                       "sh",
                       "{pictures}",
                       "{model}"};
  parameters["sense"] = Command("[ $(cat \"$4\") = 48 ] && " + same, {"{measurements}", "{model}"});
  const auto method = Make(parameters);
  method->Fit(Context());
  EXPECT_EQ(method->Sense(Random({1, 33, 33})).values.size(), 272U);
  EXPECT_TRUE(method->Identity(Context()).contains("fit"));
  parameters["fit"] = "true {pictures} {model}";
  EXPECT_THAT(
      [&] { Make(parameters)->Fit(Context()); },
      ThrowsMessage<Error>(HasSubstr("fit: true {pictures} {model}: ended well but left no")));
}

TEST(ExternalReconstructor, FailuresNameTheCommandAndWhatItSaid) {
  const auto error_of = [](const std::string& script, double timeout_s = 20) {
    Json parameters = TopLines();
    parameters["sense"] = Command(script);
    parameters["timeout_s"] = timeout_s;
    try {
      Make(parameters)->Sense(Random({1, 10, 10}));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kRun) << error.what();
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(
      error_of("echo no licence >&2; exit 4"),
      "external method: sense: /bin/sh -c echo no licence >&2; exit 4 sh {in} {out}: exit code "
      "4: no licence");
  EXPECT_THAT(error_of("kill -SEGV $$"), HasSubstr("ended by signal 11"));
  EXPECT_THAT(error_of("sleep 30", 0.2), HasSubstr("timed out after"));
  EXPECT_THAT(error_of("exit 0"), HasSubstr("wrote no output file"));
  EXPECT_THAT(error_of("cp \"$1\" \"$2\""),
              HasSubstr("the output has 400 bytes, expected 1088 (272 floats of 4 bytes)"));
  // 00 00 c0 7f is a NaN.
  EXPECT_THAT(
      error_of("{ head -c 40 /dev/zero; printf '\\0\\0\\300\\177'; head -c 1044 /dev/zero; } "
               "> \"$2\""),
      HasSubstr("number 10 of the output is nan, expected a finite one"));
  Json parameters = TopLines();
  parameters["reconstruct"] = Command("head -c 400 /dev/zero | tr '\\0' '\\377' > \"$2\"");
  const auto method = Make(parameters);
  const ImageF image = Random({1, 10, 10});
  EXPECT_THAT([&] { method->Reconstruct(method->Sense(image), image.shape); },
              ThrowsMessage<Error>(AllOf(HasSubstr("reconstruct: "), HasSubstr("nan"))));
  parameters["sense"] = "no-such-program {in} {out}";
  EXPECT_THAT([&] { Make(parameters)->Sense(image); },
              ThrowsMessage<Error>(HasSubstr("no-such-program: no such program in PATH")));
}

TEST(ExternalReconstructor, BadParametersAreRefused) {
  const auto refusal = [](const char* key, const Json& value) {
    Json parameters = TopLines();
    parameters[key] = value;
    try {
      Make(parameters);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(refusal("sense", ""), "external method: /sense: missing, expected a command");
  EXPECT_EQ(refusal("reconstruct", "cp {in} x"),
            "external method: /reconstruct: the command does not use {out}");
  EXPECT_THAT(refusal("sense", "cp {in} {out} {hight}"), HasSubstr("did you mean \"height\"?"));
  EXPECT_THAT(refusal("sense", "cp {in} {out} {model}"), HasSubstr("unknown placeholder {model}"));
  EXPECT_THAT(refusal("sense", "cp {in} {out} {channels}"), HasSubstr("both commands"));
  EXPECT_THAT(refusal("range", {1, 0}), HasSubstr("/range: [1,0] is no range"));
  EXPECT_THAT(refusal("files", {"no-such.npy"}), HasSubstr("no-such.npy: no such file"));
}

// A weight file that the command names by its rate is part of the results' identity.
TEST(ExternalReconstructor, IdentityKnowsTheFiles) {
  const ScratchFolder folder;
  const std::string weights = (folder.path() / "w_25.bin").string();
  std::ofstream(weights) << "one";
  Json parameters = TopLines();
  parameters["sense"] = {"cp", "{in}", "{out}", (folder.path() / "w_{percent}.bin").string()};
  const Json before = Make(parameters)->Identity(Context());
  EXPECT_EQ(before["sense"]["files"].size(), 1U);
  std::ofstream(weights) << "two";
  EXPECT_NE(Make(parameters)->Identity(Context()), before);
}

}  // namespace
}  // namespace chaosense
