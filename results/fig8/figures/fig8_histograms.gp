# Draws fig8_histograms.svg and fig8_histograms.pdf from fig8_histograms.csv: gnuplot fig8_histograms.gp
set encoding utf8
set datafile separator ','
set tics out nomirror
set border 3
set xlabel 'byte' noenhanced
set ylabel 'count' noenhanced
set xrange [0:255]
set yrange [0:*]
set xtics 0,85,255
set key top right noenhanced samplen 2
set terminal svg size 1200,500 font 'Helvetica,12' background '#FFFFFF'
set output 'fig8_histograms.svg'
set multiplot layout 2,4 title 'Histograms of chosen plaintexts and their ciphertexts, cipher paper' noenhanced
set title 'black: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::0::255 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'black: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::256::511 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'white: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::512::767 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'white: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::768::1023 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'halves: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1024::1279 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'halves: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1280::1535 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'dot: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1536::1791 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'dot: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1792::2047 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
unset multiplot
set terminal pdfcairo size 24.0cm,10.0cm font 'Helvetica,8'
set output 'fig8_histograms.pdf'
set multiplot layout 2,4 title 'Histograms of chosen plaintexts and their ciphertexts, cipher paper' noenhanced
set title 'black: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::0::255 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'black: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::256::511 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'white: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::512::767 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'white: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::768::1023 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'halves: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1024::1279 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'halves: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1280::1535 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'dot: plaintext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1536::1791 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'dot: ciphertext' noenhanced
plot \
  'fig8_histograms.csv' skip 1 every ::1792::2047 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
unset multiplot
unset output
