# Draws fig5.svg and fig5.pdf from fig5.csv: gnuplot fig5.gp
set encoding utf8
set datafile separator ','
set tics out nomirror
set border 3
set xlabel 'byte' noenhanced
set ylabel 'its neighbour' noenhanced
set xrange [0:255]
set yrange [0:255]
set xtics 0,85,255
set ytics 0,85,255
set size square
set key top right noenhanced samplen 2
set terminal svg size 900,640 font 'Helvetica,12' background '#FFFFFF'
set output 'fig5.svg'
set multiplot layout 2,3 title 'Adjacent pixels of plaintext and ciphertext (the paper''s Fig. 5)' noenhanced
set title 'plaintext, right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::0::999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'plaintext, lower neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::1000::1999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'plaintext, lower right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::2000::2999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'ciphertext, right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::3000::3999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'ciphertext, lower neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::4000::4999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'ciphertext, lower right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::5000::5999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
unset multiplot
set terminal pdfcairo size 18.0cm,12.8cm font 'Helvetica,8'
set output 'fig5.pdf'
set multiplot layout 2,3 title 'Adjacent pixels of plaintext and ciphertext (the paper''s Fig. 5)' noenhanced
set title 'plaintext, right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::0::999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'plaintext, lower neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::1000::1999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'plaintext, lower right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::2000::2999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'ciphertext, right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::3000::3999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'ciphertext, lower neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::4000::4999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
set title 'ciphertext, lower right neighbour' noenhanced
plot \
  'fig5.csv' skip 1 every ::5000::5999 using 3:4 with points pointtype 7 pointsize 0.15 linecolor rgb '#0072B2'  notitle
unset multiplot
unset output
