# Draws new_map_density.svg, new_map_density.pdf and new_map_density.png from new_map_density.csv: gnuplot new_map_density.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Invariant density: new_map, a = 3.9' noenhanced
set xlabel 'x' noenhanced
set ylabel 'probability density' noenhanced
set tics out nomirror
set border 3
unset key
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'new_map_density.svg'
plot \
  'new_map_density.csv' skip 1 every ::0::255 using 2:3 with steps linewidth 1.2 linecolor rgb '#0072B2' title 'density'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'new_map_density.pdf'
plot \
  'new_map_density.csv' skip 1 every ::0::255 using 2:3 with steps linewidth 1.2 linecolor rgb '#0072B2' title 'density'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'new_map_density.png'
plot \
  'new_map_density.csv' skip 1 every ::0::255 using 2:3 with steps linewidth 1.2 linecolor rgb '#0072B2' title 'density'
unset output
