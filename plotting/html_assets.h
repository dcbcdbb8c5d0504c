// The report's style sheet and script, as they stand in the page.
#ifndef CHAOSENSE_PLOTTING_HTML_ASSETS_H_
#define CHAOSENSE_PLOTTING_HTML_ASSETS_H_

namespace chaosense {

extern const char* const kReportStyle;
// Sorts a table by the column whose button is pressed: numbers by value, text by alphabet; the
// second time in reverse, the third time as it was.
extern const char* const kReportScript;

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_HTML_ASSETS_H_
